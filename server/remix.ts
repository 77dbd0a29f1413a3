import { createRequestHandler, json, redirect } from '@remix-run/node';
import { createTRPCRecursiveProxy } from '@trpc/server';
import type { Desk } from './desk.ts';
import type { AppError } from './errors.ts';
import { toAppError } from './failure.ts';
import { failurePage } from './failure-page.ts';
import { isRecentlyAuthenticated } from './identity/reauthentication.ts';
import { isAgent } from './identity/roles.rules.ts';
import type { WebSessions } from './identity/web-session.ts';
import type { ColorScheme, LoadContext } from './load-context.ts';
import { localeOf, wordInCookie } from './locale.ts';
import type { PageRoute } from './page-routes.ts';
import { isOfThePageItself } from './page-visit.ts';
import { openArchive } from './privacy/archive.http.ts';
import { readForm } from './read-form.ts';
import type { RequestContext } from './request-context.ts';
import { logError } from './telemetry/logger.ts';
import { replayIn } from './trpc/idempotency.ts';
import { keepPageRefusal } from './trpc/ladder.ts';
import { appRouter, type Caller, createCaller } from './trpc/router.ts';
import type { Locale } from './users/users.schema.ts';
import type { WebBuild } from './web-build.ts';

type Call = (input: unknown) => Promise<unknown>;

/** A key that a page made for one of its forms. */
const FORM_KEY = /^[0-9a-f-]{36}$/;

/**
 * The tRPC caller that pages use. A query that fails becomes the error page (or the way to sign in); a mutation that
 * fails throws, for the form to show with what was typed.
 */
function pageCaller(desk: Desk, request: RequestContext, url: URL, idempotencyKey?: string): Caller {
  const caller = createCaller({ desk, request, idempotencyKey });
  return createTRPCRecursiveProxy(async ({ path, args }) => {
    const name = path.join('.');
    const call = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as Call;
    try {
      return await call(args[0]);
    } catch (error) {
      const replay = replayIn(error);
      if (replay) return replay.body;
      throw failureOf(error, isQuery(name), request.requestId, url);
    }
  }) as Caller;
}

function isQuery(name: string): boolean {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  return procedures[name]?._def.type === 'query';
}

function failureOf(error: unknown, onPage: boolean, requestId: string, url: URL): unknown {
  const failure = toAppError(error);
  if (failure.status >= 500) logError(failure.cause ?? failure, 'A page could not be served');
  if (failure.errorCode === 'unauthenticated') return redirect(loginPath(url));
  return onPage ? errorResponse(failure, requestId) : failure;
}

function loginPath({ pathname, search }: URL): string {
  const next = pathname.replace(/(\/_root)?\.data$/, '') + search;
  return next === '/' || next === '' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

export function errorResponse(failure: AppError, requestId: string): Response {
  const { errorCode: code, message, details, status } = failure;
  return json({ error: { code, message, details, request_id: requestId } }, { status });
}

export type RemixPages = (
  request: Request,
  context: RequestContext,
  cspNonce: string,
  route: PageRoute,
) => Promise<Response>;

/** The web app: what its loaders and actions get of the server, and nothing else. */
export function remixPages(
  desk: Desk,
  sessions: WebSessions,
  { build, mode }: Pick<WebBuild, 'build' | 'mode'>,
  publicUrl: string | undefined,
): RemixPages {
  const handle = createRequestHandler(build, mode);
  const publicOrigin = publicUrl ? new URL(publicUrl).origin : null;
  return (request, context, cspNonce, route) => {
    const cookies = request.headers.get('cookie') ?? '';
    const url = new URL(request.url);
    context.again = isOfThePageItself(request.headers.get('referer'), url);
    const locale = localeOf(cookies, request.headers.get('accept-language') ?? '');
    const refusePage = async () =>
      errorResponse(await keepPageRefusal({ desk, request: context }, route.template), context.requestId);
    const loadContext: LoadContext = {
      trpc: pageCaller(desk, context, url),
      once: (formKey) => pageCaller(desk, context, url, FORM_KEY.test(formKey) ? formKey : undefined),
      actor: context.actor,
      locale,
      scheme: schemeOf(cookies),
      cspNonce,
      requestId: context.requestId,
      form: (sent, from) => formOf(sent, from, context, url, route.inDesk ? refusePage : null),
      refusePage,
      signIn: (form) => sessions.signIn(requestOf(form, url), context),
      reauthenticate: (form) => sessions.reauthenticate(form, context),
      isRecentlyAuthenticated: () => isRecentlyAuthenticated(context.actor, new Date()),
      signOut: () =>
        sessions.signOut(context).catch((error: unknown) => {
          throw failureOf(error, true, context.requestId, url);
        }),
      openArchive: (id) => downloadOf(desk, context, id, request, locale),
      reportError,
    };
    return handle(asRemixSees(request, url, publicOrigin), loadContext);
  };
}

/**
 * At the address that people use, whatever proxies made of it. A form comes without its origin, which was judged
 * already: Remix would judge it once more, by headers that anybody can write.
 */
function asRemixSees(request: Request, { origin, pathname, search }: URL, publicOrigin: string | null): Request {
  const { method, signal } = request;
  const isForm = method === 'POST';
  if (!isForm && !publicOrigin) return request;
  const url = new URL((publicOrigin ?? origin) + pathname + search);
  if (!isForm) return new Request(url, { method, headers: request.headers, signal });
  // Of `/`, Remix would look for an action in the frame around the page that is meant.
  if (pathname === '/' && !url.searchParams.has('index')) url.searchParams.set('index', '');
  const headers = new Headers(request.headers);
  headers.delete('origin');
  return new Request(url, { method, headers, signal, body: request.body, duplex: 'half' });
}

async function formOf(
  request: Request,
  from: 'everybody' | undefined,
  { actor, requestId }: RequestContext,
  url: URL,
  refusePage: (() => Promise<Response>) | null,
): Promise<FormData> {
  if (!actor && from !== 'everybody') throw redirect(loginPath(url), 303);
  if (refusePage && actor && !isAgent(actor.role)) throw await refusePage();
  try {
    return await readForm(request);
  } catch (error) {
    throw errorResponse(toAppError(error), requestId);
  }
}

/** Remix reports answers too that a page or Remix itself threw: those below 500 tell a caller what they did wrong. */
function reportError(error: unknown): void {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (error instanceof Error || !(status < 500)) logError(error, 'A page failed');
}

/** A request that brings the text of a form whose own request has been read. */
function requestOf(form: FormData, url: URL): Request {
  const texts = [...form].filter((field): field is [string, string] => typeof field[1] === 'string');
  return new Request(url, { method: 'POST', body: new URLSearchParams(texts) });
}

/** A download has no page around it to show a failure in: it brings its own. */
async function downloadOf(
  desk: Desk,
  context: RequestContext,
  id: string,
  request: Request,
  locale: Locale,
): Promise<Response> {
  try {
    return await openArchive(desk, context, id, request.method);
  } catch (error) {
    const failure = toAppError(error);
    if (failure.errorCode === 'unauthenticated') throw redirect(loginPath(new URL(request.url)));
    if (failure.errorCode === 'reauthentication_required') throw redirect('/account#requests');
    throw failurePage(failure, context.requestId, locale, {});
  }
}

function schemeOf(cookies: string): ColorScheme {
  const scheme = wordInCookie(cookies, 'guichet_scheme');
  return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
}
