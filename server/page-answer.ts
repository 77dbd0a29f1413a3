import { randomBytes } from 'node:crypto';
import type { Context as HttpContext } from 'hono';
import type { Desk } from './desk.ts';
import { AppError } from './errors.ts';
import { readsPages } from './failure-answer.ts';
import type { HttpEnv } from './http-env.ts';
import { CLIENT_CLOSED_REQUEST } from './hung-up.ts';
import type { WebSessions } from './identity/web-session.ts';
import type { FindPage, PageRoute } from './page-routes.ts';
import type { RemixPages } from './remix.ts';
import { assertNoOldDataRequest } from './request-target.ts';
import { pageHeaders } from './security-headers.ts';

export type PageOptions = {
  desk: Desk;
  sessions: WebSessions;
  pages: RemixPages;
  findPage: FindPage;
  publicUrl: string | undefined;
  /** The folder of built assets, or null where Vite serves them. */
  assets: string | null;
};

/** Answers with pages: what its address takes, who asks, the page itself, and the headers of every page. */
export function pageAnswer({ desk, sessions, pages, findPage, assets }: PageOptions) {
  const surroundings = { viteDev: assets === null };
  return async (http: HttpContext<HttpEnv>): Promise<Response> => {
    const request = http.get('request');
    const route = findPage(http.req.path);
    request.route = route.template;
    assertTaken(route, http.req.method, http.req.header('accept'));
    assertNoOldDataRequest(http.req.url);
    request.reached = true;
    request.actor = await sessions.actor(desk.orm.em.fork(), http.req.header('cookie') ?? null);
    const nonce = randomBytes(16).toString('base64');
    const response = await pages(http.req.raw, request, nonce, route);
    // Remix gives up where the reader has: nobody gets this answer.
    if (request.hungUp?.()) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
    // Remix's last words, when not even its error page can be shown: nothing in them could be quoted.
    if (response.status === 500 && isBare(response)) throw new AppError('internal_error');
    const answer = new Response(response.body, response);
    for (const [name, value] of Object.entries(pageHeaders(nonce, surroundings))) {
      if (!answer.headers.has(name)) answer.headers.set(name, value);
    }
    return answer;
  };
}

/** @throws AppError route_not_found, method_not_allowed */
function assertTaken({ methods }: PageRoute, method: string, accept: string | undefined): void {
  if (methods.includes(method)) return;
  if (methods.length > 0) throw new AppError('method_not_allowed', { allowed: methods });
  if ((method !== 'GET' && method !== 'HEAD') || !readsPages(accept)) throw new AppError('route_not_found');
}

function isBare({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/plain') ?? true;
}
