import { initTRPC } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type { AuditAction, AuditTargetType } from '../audit/audit.rules.ts';
import type { Desk } from '../desk.ts';
import { toAppError } from '../failure.ts';
import type { Permission } from '../identity/roles.rules.ts';
import { currentRequest, type RequestContext } from '../request-context.ts';

/** What a procedure call gets from its transport, be it HTTP, REST or a Remix loader. */
export type Context = {
  desk: Desk;
  request: RequestContext;
  /** REST alone: the key that makes a repeated creation give the first answer. */
  idempotencyKey?: string | undefined;
};

/** Who may call: a permission of the table, or everybody. */
export type Access = Permission | 'everybody';

/** What a call asks for: its input as received, of which nothing is checked yet. */
export type Asked = Record<string, unknown>;

/** The action may hang on what is asked for: an attempt is then kept as what it was meant to be. */
export type AuditMeta = {
  action: AuditAction | ((asked: Asked) => AuditAction);
  target: AuditTargetType | ((asked: Asked) => AuditTargetType);
  /** What makes a call one that leaves an event; every call does unless told. */
  when?: (asked: Asked) => boolean;
};

/** What every procedure says of itself; the ladder obeys it, tests and documents read it. */
export type Meta = OpenApiMeta & { access?: Access; audit?: AuditMeta; creates?: boolean };

export const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    defaultMeta: {},
    errorFormatter({ shape, error, ctx }) {
      const failure = toAppError(error);
      return {
        ...shape,
        message: failure.message,
        data: {
          code: failure.errorCode,
          httpStatus: failure.status,
          path: shape.data.path,
          details: failure.details,
          // Without a context when there is no telling what is called.
          request_id: (ctx?.request ?? currentRequest())?.requestId ?? null,
        },
      };
    },
  });
