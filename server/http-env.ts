import type { HttpBindings } from '@hono/node-server';
import type { RequestContext } from './request-context.ts';

/** What handlers find on a Hono context. */
export type HttpEnv = { Bindings: HttpBindings; Variables: { request: RequestContext } };
