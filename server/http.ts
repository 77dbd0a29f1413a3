import { randomBytes } from 'node:crypto';
import { serveStatic } from '@hono/node-server/serve-static';
import { getTRPCErrorShape } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context as HttpContext } from 'hono';
import { clientAddress } from './client-address.ts';
import { assertSameOrigin } from './cross-origin.ts';
import type { Desk } from './desk.ts';
import { AppError } from './errors.ts';
import { toAppError } from './failure.ts';
import { failurePage } from './failure-page.ts';
import type { HttpEnv } from './http-env.ts';
import type { WebSessions } from './identity/web-session.ts';
import { limitedBody } from './limited-body.ts';
import { archiveApp } from './privacy/archive.http.ts';
import { globalCheck } from './rate-limit/checks.ts';
import { rateLimitHeaders, refusalHeaders } from './rate-limit/headers.ts';
import type { Readiness } from './readiness.ts';
import type { RemixPages } from './remix.ts';
import { type RequestContext, requestIdFrom, runInRequest } from './request-context.ts';
import { API_HEADERS, pageHeaders } from './security-headers.ts';
import { accessLog, logError } from './telemetry/logger.ts';
import { recordHttpRequest } from './telemetry/metrics.ts';
import { annotateServerSpan, traceIdIn } from './telemetry/tracing.ts';
import { docsApp } from './trpc/docs.ts';
import { restApp } from './trpc/rest.ts';
import { appRouter } from './trpc/router.ts';

/** More calls than a client of ours puts in one batch. */
const BATCH_LIMIT = 20;

export type HttpOptions = {
  desk: Desk;
  sessions: WebSessions;
  pages: RemixPages;
  pageRoute: (path: string) => string;
  readiness: Readiness;
  trustedProxies: number;
  publicUrl: string | undefined;
  /** The folder of built assets, or null where Vite serves them. */
  assets: string | null;
};

/** All that the desk answers over HTTP, in this order: health, assets, request context, tRPC, REST, pages. */
export function httpApp(options: HttpOptions): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (http) => http.json({ status: 'ok' }));
  app.get('/readyz', (http) => readyz(options.readiness, http));
  if (options.assets) {
    const year = 'public, max-age=31536000, immutable';
    const root = options.assets;
    app.use('/assets/*', serveStatic({ root, onFound: (_path, http) => http.header('cache-control', year) }));
    app.use(
      '/favicon.svg',
      serveStatic({ root, onFound: (_path, http) => http.header('cache-control', 'public, max-age=86400') }),
    );
  }
  app.use(inRequest(options));
  app.use(limitedBody());
  app.use('/trpc/*', bearer(options.desk));
  app.use('/v1/*', bearer(options.desk));
  app.all('/trpc/*', (http) => trpc(options.desk, http));
  app.route('/v1', docsApp());
  app.route('/v1', archiveApp(options.desk));
  app.route('/v1', restApp(options.desk));
  app.all('/v1/*', () => Promise.reject(new AppError('route_not_found')));
  app.all('*', (http) => page(options, http));
  app.onError((error, http) => failed(options.desk, error, http));
  return app;
}

async function readyz(readiness: Readiness, http: HttpContext<HttpEnv>) {
  const missing = await readiness.missing();
  return missing.length === 0 ? http.json({ status: 'ready' }) : http.json({ status: 'not ready', missing }, 503);
}

/** Gives the request its id and its limits, its line in the log, its metrics, and the headers of every answer. */
function inRequest({ desk, trustedProxies, publicUrl }: HttpOptions) {
  return async (http: HttpContext<HttpEnv>, next: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    const request: RequestContext = {
      requestId: requestIdFrom(http.req.header('x-request-id')),
      traceId: traceIdIn(http.req.header('traceparent')),
      address: clientAddress(
        http.env.incoming?.socket?.remoteAddress,
        http.req.header('x-forwarded-for'),
        trustedProxies,
      ),
      route: '/*',
      actor: null,
    };
    http.set('request', request);
    await runInRequest(request, async () => {
      try {
        assertSameOrigin(http.req.raw, { host: http.req.header('host'), publicUrl });
        request.rateLimit = (await desk.limiter.consume([globalCheck(request.address)])) ?? undefined;
        await next();
      } catch (error) {
        http.res = await failed(desk, error, http);
      }
      const headers = http.res.headers;
      headers.set('x-request-id', request.requestId);
      for (const [name, value] of Object.entries(rateLimitHeaders(request.rateLimit))) {
        if (!headers.has(name)) headers.set(name, value);
      }
      finish(http, request, performance.now() - started);
    });
  };
}

function finish(http: HttpContext<HttpEnv>, request: RequestContext, duration_ms: number): void {
  const line = { method: http.req.method, route: request.route, status: http.res.status, duration_ms };
  annotateServerSpan({
    route: request.route,
    request_id: request.requestId,
    'actor.role': request.actor?.role,
    'audit.action': request.action,
    'incident.id': request.incidentId,
  });
  recordHttpRequest(line.method, line.route, line.status, duration_ms / 1000);
  accessLog(line);
}

/** Whoever the access token names. A token that is not good is told by the procedure that needs an actor. */
function bearer(desk: Desk) {
  return async (http: HttpContext<HttpEnv>, next: () => Promise<void>): Promise<void> => {
    const request = http.get('request');
    const [scheme, token] = http.req.header('authorization')?.split(' ') ?? [];
    if (scheme) {
      try {
        if (scheme.toLowerCase() !== 'bearer' || !token) throw new AppError('unauthenticated');
        request.actor = await desk.actors.get(await desk.accessTokens.verify(token));
      } catch (error) {
        const refusal = toAppError(error);
        if (refusal.status !== 401) throw refusal;
        request.refusal = refusal;
      }
    }
    await next();
    for (const [name, value] of Object.entries(API_HEADERS)) {
      if (!http.res.headers.has(name)) http.res.headers.set(name, value);
    }
  };
}

async function trpc(desk: Desk, http: HttpContext<HttpEnv>): Promise<Response> {
  const request = http.get('request');
  const paths = http.req.path.slice('/trpc/'.length).split(',');
  if (paths.length > BATCH_LIMIT) {
    throw new AppError('validation_failed', {
      issues: [{ path: '', message: `is a batch of more than ${BATCH_LIMIT}` }],
    });
  }
  const known = paths.every((path) => Object.hasOwn(appRouter._def.procedures, path));
  request.route = known ? `/trpc/${paths.join(',')}` : '/trpc/*';
  return fetchRequestHandler({
    endpoint: '/trpc',
    req: http.req.raw,
    router: appRouter,
    createContext: () => ({ desk, request }),
    responseMeta: ({ errors }) => {
      const [error] = errors;
      if (!error || errors.length > 1) return {};
      const failure = toAppError(error);
      return { status: failure.status, headers: new Headers(refusalHeaders(failure)) };
    },
    onError: ({ error }) => report(toAppError(error)),
  });
}

async function page({ desk, sessions, pages, pageRoute, publicUrl, assets }: HttpOptions, http: HttpContext<HttpEnv>) {
  const request = http.get('request');
  request.route = pageRoute(http.req.path);
  request.actor = await sessions.actor(desk.orm.em.fork(), http.req.header('cookie') ?? null);
  const nonce = randomBytes(16).toString('base64');
  const response = await pages(http.req.raw, request, nonce);
  const answer = new Response(response.body, response);
  const headers = pageHeaders(nonce, { https: publicUrl?.startsWith('https:') ?? false, viteDev: assets === null });
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

function failed(desk: Desk, error: unknown, http: HttpContext<HttpEnv>): Response {
  const failure = toAppError(error);
  report(failure);
  const request = http.get('request');
  const { requestId } = request;
  const headers = {
    ...API_HEADERS,
    ...refusalHeaders(failure),
    ...(failure.status === 503 ? { 'retry-after': '5' } : {}),
    ...(failure.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
  const isApi = /^\/(v1|trpc)\//.test(http.req.path);
  if (!isApi && http.req.header('accept')?.includes('text/html')) {
    return failurePage(failure, requestId, http.req.header('accept-language') ?? '', headers);
  }
  const { errorCode: code, message, details, status } = failure;
  if (http.req.path.startsWith('/trpc/')) {
    // In the shape that tRPC's clients read: any other they can only call unreadable.
    const call = { type: 'unknown' as const, path: undefined, input: undefined, ctx: { desk, request } };
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error: failure, ...call });
    return Response.json({ error: shape }, { status, headers });
  }
  return Response.json({ error: { code, message, details, request_id: requestId } }, { status, headers });
}

function report(failure: AppError): void {
  if (failure.status >= 500) logError(failure.cause ?? failure, 'A request failed');
}
