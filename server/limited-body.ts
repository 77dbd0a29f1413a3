import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from './errors.ts';
import type { HttpEnv } from './http-env.ts';

/** Bytes that a request's body may have: 1 MiB. */
export const BODY_LIMIT = 1024 * 1024;

/**
 * Refuses a body over the limit: by its announced length, which Node holds it to, or else by counting.
 * @throws AppError payload_too_large
 */
export function limitedBody(): MiddlewareHandler<HttpEnv> {
  const counted = bodyLimit({ maxSize: BODY_LIMIT, onError: () => Promise.reject(new AppError('payload_too_large')) });
  return async (http, next) => {
    const announced = http.req.header('content-length');
    // Looking at the body as a stream, as counting does, takes Node's server off its fast path.
    const isAnnounced = announced !== undefined && http.req.header('transfer-encoding') === undefined;
    if (!isAnnounced && http.req.method !== 'GET' && http.req.method !== 'HEAD') return counted(http, next);
    if (Number(announced ?? 0) > BODY_LIMIT) throw new AppError('payload_too_large');
    await next();
  };
}
