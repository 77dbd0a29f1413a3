import type { AuditStatus } from '../audit/audit.rules.ts';
import { AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import type { Source } from '../audit/refusals.ts';
import { isRefusal } from '../errors.rules.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import { id } from '../fields.schema.ts';
import { can } from '../identity/roles.rules.ts';
import { incidentWriteCheck, roleCheck, userCheck } from '../rate-limit/checks.ts';
import { countRequest } from '../rate-limit/count-request.ts';
import { RateLimited } from '../rate-limit/limiter.ts';
import { countRefusal } from '../telemetry/metrics.ts';
import { annotateSpans, withSpan } from '../telemetry/tracing.ts';
import { Replay } from './idempotency.ts';
import { inTurn } from './in-turn.ts';
import { type Asked, type AuditMeta, type Context, type Meta, t } from './init.ts';

const traced = t.procedure.use(({ path, ctx, next }) => {
  const attributes = { request_id: ctx.request.requestId, 'actor.role': ctx.request.actor?.role ?? 'anonymous' };
  return inTurn(ctx.request, () => withSpan(`trpc.${path}`, attributes, next));
});

/** Draws up the audit event, refuses who may not call, and keeps what was refused or failed. */
const guarded = traced.use(async ({ ctx, path, meta, getRawInput, next }) => {
  const now = new Date();
  const asked = await askedIn(getRawInput);
  const isAct = meta?.audit?.when?.(asked) ?? true;
  const draft = meta?.audit && isAct ? draftOf(meta.audit, asked, ctx.request.actor !== null) : null;
  if (draft) draft.again = ctx.request.again ?? false;
  const refusal = refusalOf(ctx, meta);
  const result = refusal ? null : await next({ ctx: { draft, now, targetId: idIn(asked.id) } });
  if (result?.ok) {
    if (draft) noteOutcome(ctx, draft, draft.idle ? 'failed' : 'success');
    return result;
  }
  if (result?.error.cause instanceof Replay) throw result.error;
  const failure = refusal ?? toAppError(result?.error);
  await keepFailure(ctx, draft ?? refusalDraft(ctx, failure, path), failure, now);
  throw failure;
});

/**
 * Counts a refusal, and keeps the event of what was refused (`denied`) or did not succeed (`failed`), outside any
 * transaction and within the bounds of {@link Refusals}.
 */
export async function keepFailure(ctx: Context, draft: AuditDraft | null, failure: AppError, now: Date): Promise<void> {
  countRefusal(failure.errorCode);
  if (!draft || !isAudited(failure, draft)) return;
  const status = isRefusal(failure.errorCode) ? 'denied' : 'failed';
  noteOutcome(ctx, draft, status);
  draft.details = { ...(draft.action === 'access_denied' ? draft.details : {}), code: failure.errorCode };
  const source = sourceOf(ctx, draft, failure);
  if (source && !ctx.desk.refusals.admits(source)) return;
  await writeAuditEvent(ctx.desk.orm.em.fork(), draft, { ...ctx.request, now }, status);
}

/** Whose bound an event counts against; that of agents who fail at what they may do has none. */
function sourceOf({ request }: Context, { action, subjectUserId }: AuditDraft, failure: AppError): Source | null {
  const { actor, address } = request;
  if (action === 'auth_login')
    return subjectUserId ? { kind: 'account', id: subjectUserId } : { kind: 'stranger', id: address };
  if (!actor) return { kind: 'address', id: address };
  const isBounded = actor.role === 'user' || failure.errorCode === 'insufficient_role';
  return isBounded ? { kind: 'person', actor } : null;
}

/** The event of a refused call that would have left none. An expired token is routine, and leaves none either. */
function refusalDraft({ request }: Context, { errorCode }: AppError, asked: string): AuditDraft | null {
  if (errorCode !== 'insufficient_role' && errorCode !== 'unauthenticated') return null;
  // The page around it was refused as a whole.
  if (request.refusedPage) return null;
  const draft = new AuditDraft('access_denied', 'session', null);
  draft.details = { asked };
  return draft;
}

/** Keeps the refusal of a whole page, by its template, to somebody whose role does not allow it. */
export async function keepPageRefusal(ctx: Context, template: string): Promise<AppError> {
  const failure = new AppError('insufficient_role');
  const draft = refusalDraft(ctx, failure, template);
  ctx.request.refusedPage = true;
  await keepFailure(ctx, draft, failure, new Date());
  return failure;
}

/** Counts the call against the limits of its actor; only agents have one that they share. */
export const ladder = guarded.use(async ({ ctx, path, next }) => {
  const { actor } = ctx.request;
  if (!actor) return next();
  const checks = [userCheck(actor.id)];
  if (actor.role !== 'user') checks.push(roleCheck(actor.role));
  if (path === 'incidents.update' && ctx.targetId) checks.push(incidentWriteCheck(actor.id, ctx.targetId));
  await countRequest(ctx.desk.limiter, ctx.request, checks);
  return next();
});

/**
 * Also a call that is refused says in the audit what it is about, as far as what it asks for tells. Somebody who is not
 * signed in names nobody: the event would stand in the dossier of a person that they chose.
 */
function draftOf({ action, target: of }: AuditMeta, asked: Asked, signedIn: boolean): AuditDraft {
  const [id, userId] = signedIn ? [idIn(asked.id), idIn(asked.user_id)] : [null, null];
  const target = typeof of === 'string' ? of : of(asked);
  const act = typeof action === 'string' ? action : action(asked);
  const draft = new AuditDraft(act, target, target === 'user' ? userId : id);
  // What has an id belongs to whom it belongs, whatever else is asked for.
  draft.subjectUserId = target === 'user' || id === null ? userId : null;
  return draft;
}

function refusalOf(ctx: Context, meta: Meta | undefined): AppError | null {
  const { actor } = ctx.request;
  if (meta?.access === 'everybody') return null;
  if (!actor) return ctx.request.refusal ?? new AppError('unauthenticated');
  return meta?.access && can(actor.role, meta.access) ? null : new AppError('insufficient_role');
}

/**
 * Malformed input is no attempt at an act, and a throttled or broken desk must not be made to write. Of the sign-ins that
 * a limit refuses the first of a window is kept.
 */
function isAudited(failure: AppError, { action }: AuditDraft): boolean {
  if (failure instanceof RateLimited) return action === 'auth_login' && failure.first;
  const noAttempts = ['validation_failed', 'request_aborted'];
  return ![...noAttempts, 'service_unavailable', 'idempotency_in_progress'].includes(failure.errorCode);
}

function noteOutcome({ request }: Context, draft: AuditDraft, outcome: AuditStatus): void {
  request.action = draft.action;
  request.outcome = outcome;
  if (draft.targetType === 'incident' && draft.targetId) request.incidentId = draft.targetId;
  annotateSpans({ 'audit.action': draft.action, 'audit.status': outcome, 'incident.id': request.incidentId });
}

async function askedIn(getRawInput: () => Promise<unknown>): Promise<Asked> {
  const raw = await getRawInput().catch(() => null);
  return typeof raw === 'object' && raw !== null ? (raw as Asked) : {};
}

function idIn(value: unknown): string | null {
  return id.safeParse(value).data ?? null;
}
