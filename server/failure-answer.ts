import { getTRPCErrorShape } from '@trpc/server';
import type { Context as HttpContext } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Desk } from './desk.ts';
import type { AppError } from './errors.ts';
import { toAppError } from './failure.ts';
import { failurePage } from './failure-page.ts';
import type { HttpEnv } from './http-env.ts';
import { localeOf } from './locale.ts';
import type { FindPage } from './page-routes.ts';
import { API_HEADERS } from './security-headers.ts';
import { logError } from './telemetry/logger.ts';
import { calledBy } from './trpc/called.ts';
import { appRouter } from './trpc/router.ts';

/** The answer to a request that failed: in tRPC's shape, as JSON, or as a page to whoever reads pages. */
export function failureAnswer(desk: Desk, findPage: FindPage, error: unknown, http: HttpContext<HttpEnv>): Response {
  const failure = toAppError(error);
  reportFailure(failure);
  const { errorCode: code, message, details, status } = failure;
  const { path } = http.req;
  const request = http.get('request');
  // Refused before its route was reached.
  if (request.route === '/*') request.route = routeOf(http, findPage);
  const headers = { ...API_HEADERS, ...headersOf(failure) };
  if (path.startsWith('/trpc/')) {
    // In the shape that tRPC's clients read: any other they can only call unreadable.
    const call = { type: 'unknown' as const, path: undefined, input: undefined, ctx: { desk, request } };
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error: failure, ...call });
    return Response.json({ error: shape }, { status, headers });
  }
  if (!path.startsWith('/v1/') && readsPages(http.req.header('accept'))) {
    const locale = localeOf(http.req.header('cookie') ?? '', http.req.header('accept-language') ?? '');
    return failurePage(failure, request.requestId, locale, headers);
  }
  return Response.json({ error: { code, message, details, request_id: request.requestId } }, { status, headers });
}

/** Logs what is our own fault. */
export function reportFailure(failure: AppError): void {
  if (failure.status >= 500) logError(failure.cause ?? failure, 'A request failed');
}

function headersOf({ status, details }: AppError): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  if (status === 405 && Array.isArray(details.allowed)) return { allow: details.allowed.join(', ') };
  return {};
}

/** Unless told otherwise, whoever asks for a page reads pages. */
export function readsPages(accept = ''): boolean {
  return accept.includes('text/html') || !accept.includes('json');
}

/** The template of the tRPC calls, the REST route or the page that a request is for; `/*` when there is none. */
function routeOf(http: HttpContext<HttpEnv>, findPage: FindPage): string {
  const { path } = http.req;
  if (path.startsWith('/trpc/')) return calledBy(http.req.raw.url).route;
  const rest = matchedRoutes(http).findLast((route) => !route.path.endsWith('*'));
  return rest?.path.replaceAll(/:(\w+)/g, '{$1}') ?? findPage(path).template;
}
