import type { AuditStatus } from '../audit/audit.rules.ts';
import { AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import { id } from '../fields.schema.ts';
import { can } from '../identity/roles.rules.ts';
import { incidentWriteCheck, roleCheck, userCheck } from '../rate-limit/checks.ts';
import { nearerToLimit } from '../rate-limit/limiter.ts';
import { annotateSpans, withSpan } from '../telemetry/tracing.ts';
import { Replay } from './idempotency.ts';
import { type AuditMeta, type Context, type Meta, t } from './init.ts';

const traced = t.procedure.use(({ path, ctx, next }) => {
  const attributes = { request_id: ctx.request.requestId, 'actor.role': ctx.request.actor?.role ?? 'anonymous' };
  return withSpan(`trpc.${path}`, attributes, next);
});

/** Draws up the audit event, refuses who may not call, and keeps what was refused or failed. */
const guarded = traced.use(async ({ ctx, meta, getRawInput, next }) => {
  const now = new Date();
  const named = await namedIn(getRawInput);
  const draft = meta?.audit ? draftOf(meta.audit, named) : null;
  const refusal = refusalOf(ctx, meta);
  const result = refusal ? null : await next({ ctx: { draft, now, targetId: named.id } });
  if (result?.ok) {
    if (draft) noteOutcome(ctx, draft, 'success');
    return result;
  }
  if (result?.error.cause instanceof Replay) throw result.error;
  const failure = refusal ?? toAppError(result?.error);
  if (draft) await keepFailure(ctx, draft, failure, now);
  throw failure;
});

/** Keeps the event of an act that was refused (`denied`) or did not succeed (`failed`), outside any transaction. */
export async function keepFailure(ctx: Context, draft: AuditDraft, failure: AppError, now: Date): Promise<void> {
  if (!isAudited(failure)) return;
  const status = failure.status === 401 || failure.status === 403 ? 'denied' : 'failed';
  noteOutcome(ctx, draft, status);
  draft.details = { code: failure.errorCode };
  await writeAuditEvent(ctx.desk.orm.em.fork(), draft, { ...ctx.request, now }, status);
}

/** Counts the call against the limits of its actor. */
export const ladder = guarded.use(async ({ ctx, path, next }) => {
  const { actor } = ctx.request;
  if (!actor) return next();
  const checks = [roleCheck(actor.role), userCheck(actor.id)];
  if (path === 'incidents.update' && ctx.targetId) checks.push(incidentWriteCheck(actor.id, ctx.targetId));
  ctx.request.rateLimit = nearerToLimit(ctx.request.rateLimit, await ctx.desk.limiter.consume(checks));
  return next();
});

function draftOf({ action, target }: AuditMeta, { id, userId }: Named): AuditDraft {
  const draft = new AuditDraft(action, target, target === 'user' ? userId : id);
  draft.subjectUserId = userId;
  return draft;
}

function refusalOf(ctx: Context, meta: Meta | undefined): AppError | null {
  const { actor } = ctx.request;
  if (meta?.access === 'everybody') return null;
  if (!actor) return ctx.request.refusal ?? new AppError('unauthenticated');
  return meta?.access && can(actor.role, meta.access) ? null : new AppError('insufficient_role');
}

/** Malformed input is no attempt at an act, and a throttled or broken desk must not be made to write. */
function isAudited({ errorCode }: AppError): boolean {
  return !['validation_failed', 'rate_limited', 'service_unavailable', 'idempotency_in_progress'].includes(errorCode);
}

function noteOutcome({ request }: Context, draft: AuditDraft, outcome: AuditStatus): void {
  request.action = draft.action;
  request.outcome = outcome;
  if (draft.targetType === 'incident' && draft.targetId) request.incidentId = draft.targetId;
  annotateSpans({ 'audit.action': draft.action, 'audit.status': outcome, 'incident.id': request.incidentId });
}

type Named = { id: string | null; userId: string | null };

/** What the call is about, as far as its raw input tells: also a call that is refused says so in the audit. */
async function namedIn(getRawInput: () => Promise<unknown>): Promise<Named> {
  const raw = await getRawInput().catch(() => null);
  if (typeof raw !== 'object' || raw === null) return { id: null, userId: null };
  const named = raw as { id?: unknown; user_id?: unknown };
  return { id: id.safeParse(named.id).data ?? null, userId: id.safeParse(named.user_id).data ?? null };
}
