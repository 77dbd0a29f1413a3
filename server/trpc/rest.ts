import { type AnyTRPCProcedure, callTRPCProcedure } from '@trpc/server';
import { Hono, type Context as HttpContext } from 'hono';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import type { HttpEnv } from '../http-env.ts';
import { replayIn } from './idempotency.ts';
import type { Meta } from './init.ts';
import { appRouter } from './router.ts';

type Procedure = AnyTRPCProcedure & { _def: { meta?: Meta; type: 'query' | 'mutation'; inputs: unknown[] } };

export type RestRoute = { procedure: string; method: string; path: string; meta: Meta; type: 'query' | 'mutation' };

/** The REST routes that the router's procedures ask for in their metadata. */
export function restRoutes(): RestRoute[] {
  const procedures = Object.entries(appRouter._def.procedures) as unknown as [string, Procedure][];
  return procedures.flatMap(([procedure, { _def }]) => {
    const rest = _def.meta?.openapi;
    return rest && _def.meta
      ? [{ procedure, method: rest.method, path: rest.path, meta: _def.meta, type: _def.type }]
      : [];
  });
}

/** `/v1`: every route calls the procedure that tRPC callers call. */
export function restApp(desk: Desk): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  for (const route of restRoutes()) {
    app.on(route.method, honoPath(route), (http) => answer(desk, route, http));
  }
  return app;
}

/** Answers the methods that a known address does not take (RFC 9110, section 15.5.6); to be mounted after all routes. */
export function otherMethods(others: { method: string; path: string }[] = []): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const routes = [...restRoutes(), ...others];
  for (const [path, same] of Map.groupBy(routes, ({ path }) => path)) {
    const allowed = same.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    app.all(honoPath({ path }), (http) => {
      http.get('request').route = `/v1${path}`;
      throw new AppError('method_not_allowed', { allowed });
    });
  }
  return app;
}

function honoPath({ path }: { path: string }): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

async function answer(desk: Desk, route: RestRoute, http: HttpContext<HttpEnv>): Promise<Response> {
  const request = http.get('request');
  request.route = `/v1${route.path}`;
  const input = await inputOf(route, http);
  const data = await callTRPCProcedure({
    router: appRouter,
    path: route.procedure,
    type: route.type,
    getRawInput: async () => input,
    ctx: { desk, request, idempotencyKey: idempotencyKeyOf(http) },
    // Reading it would cost every call a second, heavier Request; who hangs up is known by `hungUp`.
    signal: undefined,
    batchIndex: 0,
  }).catch((error: unknown) => {
    const replay = replayIn(error);
    if (!replay) throw toAppError(error);
    http.header('idempotency-replayed', 'true');
    return replay.body;
  });
  if (hasVersion(data)) http.header('etag', `"${data.version}"`);
  return http.json(envelope(data, request.requestId), route.meta.creates ? 201 : 200);
}

function hasVersion(data: unknown): data is { version: number } {
  return typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number';
}

/** Lists put their rows in `data` and everything about the page in `meta`. */
function envelope(data: unknown, requestId: string) {
  if (typeof data === 'object' && data !== null && 'items' in data && 'next_cursor' in data) {
    const { items, ...page } = data;
    return { data: items, meta: { request_id: requestId, ...page } };
  }
  return { data, meta: { request_id: requestId } };
}

async function inputOf(route: RestRoute, http: HttpContext<HttpEnv>): Promise<Record<string, unknown>> {
  const path: Record<string, string> = http.req.param();
  const given = route.method === 'GET' ? queryOf(http) : await bodyOf(http);
  const clash = Object.keys(path).find((name) => Object.hasOwn(given, name));
  if (clash) throw invalid(clash, 'is given by the path');
  const version = route.method === 'GET' ? undefined : ifMatchOf(http);
  if (version === undefined) return { ...given, ...path };
  if (Number(given.version ?? version) !== version) throw invalid('version', 'differs from if-match');
  return { version, ...given, ...path };
}

function queryOf(http: HttpContext<HttpEnv>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(http.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** @throws AppError unsupported_media_type, validation_failed */
async function bodyOf(http: HttpContext<HttpEnv>): Promise<Record<string, unknown>> {
  const text = await http.req.text();
  if (text === '') return {};
  const type = http.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('unsupported_media_type');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid('', 'is not valid JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('', 'is not a JSON object');
  return body as Record<string, unknown>;
}

/** The version in `If-Match: "<version>"` (RFC 9110, section 13.1.1), weakened on its way or not; `*` stands for any. */
function ifMatchOf(http: HttpContext<HttpEnv>): number | undefined {
  const header = http.req.header('if-match')?.trim();
  if (!header || header === '*') return undefined;
  const version = /^(?:W\/)?"(0|[1-9]\d{0,8})"$/.exec(header)?.[1];
  if (!version) throw invalid('if-match', 'is not one quoted version');
  return Number(version);
}

function idempotencyKeyOf(http: HttpContext<HttpEnv>): string | undefined {
  const key = http.req.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid('idempotency-key', 'is not 1..255 visible characters');
  return key;
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { issues: [{ path, message }] });
}
