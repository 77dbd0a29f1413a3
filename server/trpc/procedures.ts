import { writeAuditEvent } from '../audit/audit.service.ts';
import type { Permission } from '../identity/roles.rules.ts';
import { logError } from '../telemetry/logger.ts';
import type { AuditedWork, Change, Work } from '../work.ts';
import { onceForKey } from './idempotency.ts';
import type { Access, AuditMeta, Meta } from './init.ts';
import { ladder } from './ladder.ts';

/** How a procedure is reached by REST, below `/v1`. */
type Rest = Meta['openapi'];

/** A read that leaves no event. */
export function query(access: Permission, openapi: Rest) {
  return ladder.meta({ access, openapi }).use(({ ctx, next }) => {
    const work: Work = {
      em: ctx.desk.orm.em.fork(),
      actor: present(ctx.request.actor),
      requestId: ctx.request.requestId,
      now: ctx.now,
      calendar: ctx.desk.calendar,
    };
    return next({ ctx: { work } });
  });
}

/** A sensitive read: it leaves an event, from its own statement or from here. */
export function auditedQuery(access: Permission, audit: AuditMeta, openapi: Rest) {
  return ladder.meta({ access, audit, openapi }).use(async ({ ctx, next }) => {
    const draft = present(ctx.draft);
    const work: AuditedWork = {
      em: ctx.desk.orm.em.fork(),
      actor: present(ctx.request.actor),
      requestId: ctx.request.requestId,
      now: ctx.now,
      calendar: ctx.desk.calendar,
      audit: draft,
    };
    const result = await next({ ctx: { work } });
    if (result.ok && !draft.written) await writeAuditEvent(work.em, draft, work, 'success');
    return result;
  });
}

/** A read that is a sensitive one by what it is asked for: it leaves an event when `audit.when` says so. */
export function partlyAuditedQuery(access: Permission, audit: Required<AuditMeta>, openapi: Rest) {
  return ladder.meta({ access, audit, openapi }).use(async ({ ctx, next }) => {
    const { draft } = ctx;
    const work: Work | AuditedWork = {
      em: ctx.desk.orm.em.fork(),
      actor: present(ctx.request.actor),
      requestId: ctx.request.requestId,
      now: ctx.now,
      calendar: ctx.desk.calendar,
      ...(draft ? { audit: draft } : {}),
    };
    const result = await next({ ctx: { work } });
    if (result.ok && draft && !draft.written) await writeAuditEvent(work.em, draft, work, 'success');
    return result;
  });
}

/**
 * A change: one transaction holds it, its audit event and, when it `creates`, the answer to its idempotency key.
 * Audit metadata is demanded here, so that no change can be built without.
 */
export function mutation(access: Permission, audit: AuditMeta, openapi: Rest, { creates = false } = {}) {
  return ladder.meta({ access, audit, openapi, creates }).use(async ({ ctx, path, getRawInput, next }) => {
    const draft = present(ctx.draft);
    const afterwards: (() => void)[] = [];
    const key = creates ? ctx.idempotencyKey : undefined;
    const input = key ? await getRawInput() : undefined;
    const result = await ctx.desk.orm.em.fork().transactional(async (em) => {
      const work: Change = {
        em,
        actor: present(ctx.request.actor),
        requestId: ctx.request.requestId,
        now: ctx.now,
        calendar: ctx.desk.calendar,
        audit: draft,
        afterCommit: (run) => afterwards.push(run),
      };
      const change = async () => {
        const result = await next({ ctx: { work } });
        // next() never throws: without this a failed change would be committed.
        if (!result.ok) throw result.error;
        if (!draft.written) await writeAuditEvent(em, draft, work, 'success');
        return result;
      };
      return key ? onceForKey(work, { key, procedure: path, input }, change) : change();
    });
    for (const run of afterwards) runAfterCommit(run);
    return result;
  });
}

/** What fails after the commit is told to the log alone: the act is done, and its caller is answered so. */
function runAfterCommit(run: () => void): void {
  try {
    run();
  } catch (error) {
    logError(error, 'What follows a committed act failed');
  }
}

/** Signing in and out, passwords: audited, and its service keeps its own short transactions. */
export function identityProcedure(audit: AuditMeta, openapi: Rest, access: Access = 'everybody') {
  return ladder.meta({ access, audit, openapi }).use(({ ctx, next }) => {
    return next({ ctx: { em: ctx.desk.orm.em.fork(), audit: present(ctx.draft) } });
  });
}

function present<T>(value: T | null | undefined): T {
  if (value == null) throw new Error('The ladder let a call through that it must not');
  return value;
}
