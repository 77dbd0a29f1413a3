import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context as HttpContext } from 'hono';
import { withPatience } from '../db/patience.ts';
import { clientAddress } from './client-address.ts';
import { assertSameOrigin } from './cross-origin.ts';
import type { Desk } from './desk.ts';
import { AppError } from './errors.ts';
import { toAppError } from './failure.ts';
import { failureAnswer, reportFailure } from './failure-answer.ts';
import type { HttpEnv } from './http-env.ts';
import { CLIENT_CLOSED_REQUEST, hasHungUp } from './hung-up.ts';
import { limitedBody } from './limited-body.ts';
import { type PageOptions, pageAnswer } from './page-answer.ts';
import { archiveApp } from './privacy/archive.http.ts';
import { globalCheck } from './rate-limit/checks.ts';
import { countRequest } from './rate-limit/count-request.ts';
import { rateLimitHeaders } from './rate-limit/headers.ts';
import type { Readiness } from './readiness.ts';
import { type RequestContext, requestIdFrom, runInRequest } from './request-context.ts';
import { assertReadablePath } from './request-target.ts';
import { API_HEADERS, everyAnswerHeaders } from './security-headers.ts';
import { staticFiles } from './static-files.ts';
import { accessLog } from './telemetry/logger.ts';
import { countRefusal, methodLabel, recordHttpRequest } from './telemetry/metrics.ts';
import { annotateServerSpan, traceIdIn } from './telemetry/tracing.ts';
import { assertBatchSize, BATCH_LIMIT, calledBy } from './trpc/called.ts';
import { docsApp } from './trpc/docs.ts';
import { otherMethods, restApp } from './trpc/rest.ts';
import { appRouter } from './trpc/router.ts';

/** What `/v1` has besides the procedures. */
const OTHER_ROUTES = ['/openapi.json', '/docs', '/privacy/requests/{id}/archive'].map((path) => ({
  method: 'GET',
  path,
}));

/**
 * How long a request waits for the database in all, in ms: for connections, locks and statements. With what it takes to
 * call the last one off the answer is there within 5 s.
 */
const DATABASE_PATIENCE_MS = 4_500;

/** Seconds until it is worth asking again when the database is away (RFC 9110, section 10.2.3). */
const RETRY_AFTER = '5';

/** `Bearer` and one token (RFC 6750, section 2.1). */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

export type HttpOptions = PageOptions & { readiness: Readiness; trustedProxies: number };

/** All that the desk answers over HTTP, in this order: health, assets, request context, tRPC, REST, pages. */
export function httpApp(options: HttpOptions): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use(withHeaders(everyAnswerHeaders(options.publicUrl)));
  app.on('ALL', ['/healthz', '/readyz', '/assets/*', '/favicon.svg'], identified);
  app.get('/healthz', (http) => http.json({ status: 'ok' }));
  app.get('/readyz', (http) => readyz(options.readiness, http));
  if (options.assets) {
    const year = 'public, max-age=31536000, immutable';
    const root = options.assets;
    app.use('/assets/*', staticFiles({ root, onFound: (_path, http) => http.header('cache-control', year) }));
    app.use(
      '/favicon.svg',
      staticFiles({ root, onFound: (_path, http) => http.header('cache-control', 'public, max-age=86400') }),
    );
  }
  app.use(inRequest(options));
  app.use(limitedBody());
  for (const path of ['/trpc/*', '/v1/*']) app.use(path, withHeaders(API_HEADERS), bearer(options.desk));
  app.all('/trpc/*', (http) => trpc(options.desk, http));
  app.route('/v1', docsApp());
  app.route('/v1', archiveApp(options.desk));
  app.route('/v1', restApp(options.desk));
  app.route('/v1', otherMethods(OTHER_ROUTES));
  app.all('/v1/*', () => Promise.reject(new AppError('route_not_found')));
  app.all('*', pageAnswer(options));
  app.onError((error, http) => failureAnswer(options.desk, options.findPage, error, http));
  return app;
}

/** Puts headers on every answer that does not bring its own of that name. */
function withHeaders(headers: Record<string, string>) {
  const entries = Object.entries(headers);
  return async (http: HttpContext<HttpEnv>, next: () => Promise<void>): Promise<void> => {
    await next();
    for (const [name, value] of entries) if (!http.res.headers.has(name)) http.res.headers.set(name, value);
  };
}

async function readyz(readiness: Readiness, http: HttpContext<HttpEnv>) {
  const missing = await readiness.missing();
  return missing.length === 0 ? http.json({ status: 'ready' }) : http.json({ status: 'not ready', missing }, 503);
}

/** Gives an id to what is answered outside of {@link inRequest}. */
async function identified(http: HttpContext<HttpEnv>, next: () => Promise<void>): Promise<void> {
  await next();
  const { headers } = http.res;
  if (!headers.has('x-request-id')) headers.set('x-request-id', requestIdFrom(http.req.header('x-request-id')));
}

/** Gives the request its id and its limits, its line in the log, its metrics, and the headers of every answer. */
function inRequest({ desk, findPage, trustedProxies, publicUrl }: HttpOptions) {
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
      hungUp: () => hasHungUp(http.env.outgoing),
    };
    http.set('request', request);
    await runInPatientRequest(request, async () => {
      try {
        assertReadablePath(http.req.url);
        assertSameOrigin(http.req.raw, { host: http.req.header('host'), publicUrl });
        await countRequest(desk.limiter, request, [globalCheck(request.address, callsIn(http))]);
        await next();
      } catch (error) {
        // What a route refuses is answered, and counted, further down.
        countRefusal(toAppError(error).errorCode);
        http.res = failureAnswer(desk, findPage, error, http);
      }
      const { headers, status } = http.res;
      headers.set('x-request-id', request.requestId);
      for (const [name, value] of Object.entries(rateLimitHeaders(request.rateLimit, status))) headers.set(name, value);
      if (status === 503) headers.set('retry-after', RETRY_AFTER);
      finish(http, request, performance.now() - started);
    });
  };
}

/** Each call of a batch counts; one that is too long is refused whole. */
function callsIn({ req }: HttpContext<HttpEnv>): number {
  if (!req.path.startsWith('/trpc/')) return 1;
  const { calls } = calledBy(req.raw.url);
  return calls > BATCH_LIMIT ? 1 : calls;
}

/** Runs what answers a request, which waits for the database no longer than {@link DATABASE_PATIENCE_MS} in all. */
function runInPatientRequest<T>(request: RequestContext, work: () => T): T {
  return withPatience(DATABASE_PATIENCE_MS, () => runInRequest(request, work));
}

function finish(http: HttpContext<HttpEnv>, request: RequestContext, duration_ms: number): void {
  const status = request.hungUp?.() ? CLIENT_CLOSED_REQUEST : http.res.status;
  const line = { method: methodLabel(http.req.method), route: request.route, status, duration_ms };
  annotateServerSpan({
    route: request.route,
    request_id: request.requestId,
    'actor.role': request.actor?.role,
    'audit.action': request.action,
    'incident.id': request.incidentId,
  });
  recordHttpRequest({ ...line, reached: request.reached ?? false, seconds: duration_ms / 1000 });
  accessLog(line);
}

/** Whoever the access token names. A token that is not good is told by the procedure that needs an actor. */
function bearer(desk: Desk) {
  return async (http: HttpContext<HttpEnv>, next: () => Promise<void>): Promise<void> => {
    const request = http.get('request');
    const authorization = http.req.header('authorization');
    if (authorization) {
      try {
        const token = BEARER.exec(authorization)?.[1];
        if (!token) throw new AppError('unauthenticated');
        request.actor = await desk.actors.get(await desk.accessTokens.verify(token));
      } catch (error) {
        const refusal = toAppError(error);
        if (refusal.status !== 401) throw refusal;
        request.refusal = refusal;
      }
    }
    await next();
  };
}

async function trpc(desk: Desk, http: HttpContext<HttpEnv>): Promise<Response> {
  const request = http.get('request');
  const called = calledBy(http.req.raw.url);
  request.route = called.route;
  assertBatchSize(called);
  if (called.calls > 1) request.turn = Promise.resolve();
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    req: http.req.raw,
    router: appRouter,
    maxBatchSize: BATCH_LIMIT,
    createContext: () => ({ desk, request }),
    responseMeta: ({ errors: [error, ...more] }) => (error && !more.length ? { status: toAppError(error).status } : {}),
    onError: ({ error }) => reportFailure(toAppError(error)),
  });
  // Left out where tRPC refuses a request before it has found a call in it.
  response.headers.set('content-type', 'application/json');
  return response;
}
