import { v7 as uuidv7 } from 'uuid';
import { DATABASE_NOW } from '../../db/clock.ts';
import { PrivacyRequest } from '../../db/entities/privacy-request.ts';
import { User } from '../../db/entities/user.ts';
import { sqlList } from '../../db/sql-list.ts';
import { statement } from '../../db/statement.ts';
import { AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import { assertRecentlyAuthenticated } from '../identity/reauthentication.ts';
import { enqueuePrivacyRequest } from '../jobs/queue.ts';
import { type Change, takeInstant } from '../work.ts';
import { extendedDeadline, firstDeadline, isWithinFirstPeriod, RULE_BEFORE, receivedAt } from './deadline.rules.ts';
import { decided } from './erasure-mentions.ts';
import { erasureObstacle } from './erasure-obstacle.ts';
import { lockPrivacyRequest } from './privacy.lock.ts';
import { withClock } from './privacy.read.ts';
import {
  allowedPrivacyTransitions,
  isAutomaticPrivacyKind,
  isPrivacyActFor,
  OPEN_PRIVACY_STATUSES,
  PRIVACY_ACT_RULES,
  type PrivacyAct,
  type PrivacyStatus,
  privacyStepsTo,
} from './privacy.rules.ts';
import type {
  PrivacyCreateInput,
  PrivacyIdentityInput,
  PrivacyRequest as PrivacyRequestView,
  PrivacyRetryInput,
} from './privacy.schema.ts';

// An erasure that is under way is waited for, and then seen; so is somebody else who asks for the same at this moment.
const lockPerson = statement<{ instant: string }>(
  'privacy_person_lock',
  `with person as materialized (
     select id from app_user where id = $1 and erased_at is null for no key update)
   select ${DATABASE_NOW} as instant from person`,
);

const selectOpen = statement(
  'privacy_request_open_of',
  `select 1 from privacy_request where user_id = $1 and kind = $2
     and status in (${sqlList(OPEN_PRIVACY_STATUSES)})`,
);

/**
 * Takes a request in; the legal clock runs from its receipt (GDPR Art. 12(3)).
 * @throws AppError user_not_found; privacy_request_already_open when one of this kind is under way
 */
export async function createPrivacyRequest(work: Change, input: PrivacyCreateInput): Promise<PrivacyRequestView> {
  work.audit.subjectUserId = input.user_id;
  const [person] = await lockPerson(work.em, [input.user_id]);
  if (!person) throw new AppError('user_not_found');
  takeInstant(work, person.instant);
  // Not left to the unique index: PostgreSQL would write the refused row, with what was asked, into its log.
  const [open] = await selectOpen(work.em, [input.user_id, input.kind]);
  if (open) throw new AppError('privacy_request_already_open');
  const received = receivedAt(input.received_on, work.now, work.calendar);
  const due = firstDeadline(received, work.calendar);
  const request = work.em.create(PrivacyRequest, {
    id: uuidv7({ msecs: work.now.getTime() }),
    user: work.em.getReference(User, input.user_id, { wrapped: true }),
    kind: input.kind,
    status: 'requested',
    details: input.details ?? null,
    requestedBy: work.em.getReference(User, work.actor.id, { wrapped: true }),
    onBehalfReason: input.reason ?? null,
    receivedAt: received,
    firstDueAt: due,
    dueAt: due,
    clockRule: 'calendar_days',
    createdAt: work.now,
    updatedAt: work.now,
  });
  await work.em.flush();
  work.audit.targetId = request.id;
  work.audit.details = { kind: request.kind, status: request.status };
  return toPrivacyRequestView(request, work);
}

export type PrivacyActInput = { id: string; reason?: string | undefined; version?: number | undefined } & Partial<
  Pick<PrivacyIdentityInput, 'means' | 'checked_on' | 'note'> & Pick<PrivacyRetryInput, 'keep_mentions'>
>;

/**
 * What an agent does to a request, by the table of acts.
 * @throws AppError privacy_request_not_found, privacy_request_version_conflict, privacy_request_invalid_transition,
 *   privacy_request_already_extended, privacy_request_deadline_passed, reauthentication_required, identity_not_verified,
 *   second_person_required, erasure_blocked
 */
export async function actOnPrivacyRequest(
  work: Change,
  act: PrivacyAct,
  input: PrivacyActInput,
): Promise<PrivacyRequestView> {
  return carryOut(work, act, input, await lockedRequest(work, input.id));
}

/**
 * The customer takes back a request of their own that is not decided.
 * @throws AppError privacy_request_not_found (somebody else's too), privacy_request_version_conflict,
 *   privacy_request_invalid_transition
 */
export async function cancelOwnPrivacyRequest(work: Change, input: PrivacyActInput): Promise<PrivacyRequestView> {
  return carryOut(work, 'cancel', input, await lockedRequest(work, input.id, work.actor.id));
}

async function lockedRequest(work: Change, id: string, owner?: string): Promise<PrivacyRequest> {
  const locked = await lockPrivacyRequest(work.em, id, owner);
  if (!locked) throw new AppError('privacy_request_not_found');
  takeInstant(work, locked.instant);
  return locked.request;
}

async function carryOut(
  work: Change,
  act: PrivacyAct,
  input: PrivacyActInput,
  request: PrivacyRequest,
): Promise<PrivacyRequestView> {
  const { reason, version } = input;
  const from = request.status;
  work.audit.subjectUserId = request.user.id;
  if (version !== undefined && version !== request.version) {
    throw new AppError('privacy_request_version_conflict', { expected: version, actual: request.version });
  }
  assertActFor(work, act, request);
  if (act === 'approve' && request.kind === 'erasure') await assertErasable(work, request);
  if (act === 'verify_identity') recordIdentityCheck(work, request, input);
  if (act === 'retry') request.failure = null;
  if (act === 'retry') keepMentions(work, request, input);
  if (act === 'extend') extend(work, request, reason ?? null);
  else await move(work, act, request, reason ?? null);
  request.updatedAt = work.now;
  await work.em.flush();
  if ((act === 'approve' || act === 'retry') && isAutomaticPrivacyKind(request.kind)) {
    await enqueuePrivacyRequest(work.em, request.id);
  }
  const moved = {
    kind: request.kind,
    from: request.status === from ? from : lastBefore(act, from),
    to: request.status,
  };
  work.audit.details = act === 'extend' ? { kind: request.kind, fields: ['due_at'], from, to: request.status } : moved;
  return toPrivacyRequestView(request, work);
}

/**
 * An erasure cannot be undone, so that one person and a stolen session must not be enough for it.
 * @throws AppError reauthentication_required, identity_not_verified, second_person_required, erasure_blocked
 */
async function assertErasable(work: Change, request: PrivacyRequest): Promise<void> {
  assertRecentlyAuthenticated(work);
  if (!request.identityCheckedAt) throw new AppError('identity_not_verified');
  const asker = request.requestedBy?.id;
  if (asker !== request.user.id && asker === work.actor.id) throw new AppError('second_person_required');
  const obstacle = await erasureObstacle(work.em, request.user.id);
  if (obstacle) throw new AppError('erasure_blocked', { reason: obstacle });
}

function recordIdentityCheck(work: Change, request: PrivacyRequest, input: PrivacyActInput): void {
  request.identityMeans = input.means ?? null;
  request.identityCheckedOn = input.checked_on ?? work.calendar.dayOf(work.now);
  request.identityNote = input.note ?? null;
  request.identityCheckedBy = work.actor.id;
  request.identityCheckedAt = work.now;
}

/** Operations keep what names the person; without it the texts are searched once more. */
function keepMentions(work: Change, request: PrivacyRequest, { keep_mentions: ground }: PrivacyActInput): void {
  if (!ground) return;
  if (!request.mentions || request.mentions.found.length === 0) {
    const message = 'there are no texts of other people to keep';
    throw new AppError('validation_failed', { issues: [{ path: 'keep_mentions', message }] });
  }
  // Listed as kept already, after an attempt that failed elsewhere: the decision stands.
  if (request.mentions.kept) return;
  request.mentions = decided(request.mentions, { ground, by: work.actor.id, at: work.now.toISOString() });
}

function assertActFor(work: Change, act: PrivacyAct, { status: from, kind }: PrivacyRequest): void {
  if (isPrivacyActFor(act, from, kind)) return;
  const allowed = allowedPrivacyTransitions(from, work.actor.role, kind);
  throw new AppError('privacy_request_invalid_transition', { from, to: PRIVACY_ACT_RULES[act].to ?? from, allowed });
}

/** Once, and until the first period is over: GDPR Art. 12(3). */
function extend(work: Change, request: PrivacyRequest, reason: string | null): void {
  if (request.extendedAt) throw new AppError('privacy_request_already_extended');
  if (!isWithinFirstPeriod(request.firstDueAt, work.now, work.calendar))
    throw new AppError('privacy_request_deadline_passed');
  request.extendedAt = work.now;
  request.extensionReason = reason;
  request.dueAt = extendedDeadline(request.receivedAt, work.calendar);
  request.clockRule = 'calendar_days';
}

function stepsOf(act: PrivacyAct, from: PrivacyStatus): readonly PrivacyStatus[] {
  const { to } = PRIVACY_ACT_RULES[act];
  const steps = to && privacyStepsTo(from, to);
  if (!steps) throw new Error(`The act ${act} leaves the transition table at ${from}`);
  return steps;
}

function lastBefore(act: PrivacyAct, from: PrivacyStatus): PrivacyStatus {
  return stepsOf(act, from).at(-2) ?? from;
}

/** Walks the transition table; each status passed through on the way leaves its own event. */
async function move(work: Change, act: PrivacyAct, request: PrivacyRequest, reason: string | null): Promise<void> {
  for (const to of stepsOf(act, request.status)) {
    if (to === 'processing' && act === 'complete') {
      const passed = new AuditDraft('privacy_request_process', 'privacy_request', request.id);
      passed.subjectUserId = request.user.id;
      passed.at = work.now;
      passed.details = { kind: request.kind, from: request.status, to };
      await writeAuditEvent(work.em, passed, work, 'success');
    }
    request.status = to;
    if (to === 'approved' || to === 'denied') request.decidedAt = work.now;
    if (to === 'completed') request.completedAt = work.now;
  }
  request.reason = reason;
}

function identityCheckOf({ identityMeans: means, identityCheckedAt: at, ...request }: PrivacyRequest) {
  if (!means || !at) return null;
  return {
    means,
    checked_on: request.identityCheckedOn ?? '',
    checked_at: at.toISOString(),
    checked_by: request.identityCheckedBy ?? null,
  };
}

export function toPrivacyRequestView(
  request: PrivacyRequest,
  work: Pick<Change, 'now' | 'calendar'>,
): PrivacyRequestView {
  const iso = (date: Date | null | undefined) => date?.toISOString() ?? null;
  return withClock(
    {
      id: request.id,
      user_id: request.user.id,
      kind: request.kind,
      status: request.status,
      details: request.details ?? null,
      reason: request.reason ?? null,
      received_at: request.receivedAt.toISOString(),
      due_at: request.dueAt.toISOString(),
      first_due_at: request.firstDueAt.toISOString(),
      clock_rule: request.clockRule ?? RULE_BEFORE,
      extended_at: iso(request.extendedAt),
      extension_reason: request.extensionReason ?? null,
      decided_at: iso(request.decidedAt),
      completed_at: iso(request.completedAt),
      requested_by: request.requestedBy?.id ?? null,
      on_behalf_reason: request.onBehalfReason ?? null,
      identity_check: identityCheckOf(request),
      version: request.version,
      created_at: request.createdAt.toISOString(),
      updated_at: request.updatedAt.toISOString(),
    },
    work,
  );
}
