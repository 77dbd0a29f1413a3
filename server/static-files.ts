import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

type Options = NonNullable<Parameters<typeof serveStatic<HttpEnv>>[0]>;

/**
 * Serves files of a folder, each whole: none is large, and of ranges that cannot be met the library answers 416 in a
 * shape of its own (RFC 9110, section 14.2: a server may ignore `Range`).
 */
export function staticFiles(options: Options): MiddlewareHandler<HttpEnv> {
  const serve = serveStatic<HttpEnv>(options);
  return (http, next) => {
    if (http.req.header('range') !== undefined) http.req.raw.headers.delete('range');
    return serve(http, next);
  };
}
