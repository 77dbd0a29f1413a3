import type { AuditAction, AuditDetails } from '../../server/audit/audit.rules.ts';
import { extendedDeadline, type LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import { canTransitionPrivacyRequest, IDENTITY_MEANS, type PrivacyStatus } from '../../server/privacy/privacy.rules.ts';
import { buildAuditEvent, buildPrivacyRequest } from './factories.ts';
import type { Agent } from './incident-history.ts';
import type { Random } from './random.ts';
import type { AuditEventRow, PrivacyRequestRow } from './rows.ts';

/** A privacy request and the audit events that made it what it is, in order. */
export type PrivacyHistory = { request: PrivacyRequestRow; events: AuditEventRow[] };

const ACTIONS: Record<Exclude<PrivacyStatus, 'requested' | 'processing'>, AuditAction> = {
  identity_check: 'privacy_request_verify_identity',
  approved: 'privacy_request_approve',
  completed: 'privacy_request_complete',
  failed: 'privacy_request_fail',
  denied: 'privacy_request_deny',
  canceled: 'privacy_request_cancel',
};

export function receivePrivacyRequest(
  random: Random,
  calendar: LegalCalendar,
  at: Date,
  by: Agent,
  asked: Pick<PrivacyRequestRow, 'user_id' | 'kind' | 'details' | 'on_behalf_reason'>,
): PrivacyHistory {
  const request = buildPrivacyRequest(calendar, {
    ...asked,
    id: random.id(at),
    requested_by_id: by.id,
    received_at: at,
  });
  const details = { kind: request.kind, status: request.status };
  return { request, events: [event(random, at, by, request, 'privacy_request_create', details, random.id(at))] };
}

/**
 * Moves a request one step. Without `by` the desk itself acts, in the background of the request that it follows.
 * @throws RangeError on a transition that the table does not allow
 */
export function movePrivacyRequest(
  random: Random,
  { request, events }: PrivacyHistory,
  at: Date,
  by: Agent | null,
  to: PrivacyStatus,
  reason: string | null = null,
): void {
  const from = request.status;
  if (!canTransitionPrivacyRequest(from, to)) throw new RangeError(`${from} -> ${to}`);
  request.status = to;
  request.reason = reason;
  if (to === 'approved' || to === 'denied') request.decided_at = at;
  if (to === 'completed') request.completed_at = at;
  if (to === 'identity_check') {
    // Chosen by the time, not at random: data made before stays the same but for this.
    request.identity_means = IDENTITY_MEANS[at.getTime() % 3] ?? 'document';
    request.identity_checked_on = at.toISOString().slice(0, 10);
    request.identity_checked_by_id = by?.id ?? null;
    request.identity_checked_at = at;
  }
  const requestId = by ? random.id(at) : (events.at(-1)?.request_id ?? random.id(at));
  changed(request, at);
  events.push(event(random, at, by, request, actionOf(from, to), { kind: request.kind, from, to }, requestId));
}

/** Extends the deadline once, by two months: GDPR Art. 12(3). */
export function extendPrivacyRequest(
  random: Random,
  calendar: LegalCalendar,
  { request, events }: PrivacyHistory,
  at: Date,
  by: Agent,
  reason: string,
): void {
  if (request.extended_at || at >= request.first_due_at) throw new RangeError('can be extended once, before it is due');
  request.extended_at = at;
  request.extension_reason = reason;
  request.due_at = extendedDeadline(request.received_at, calendar);
  changed(request, at);
  const details = { fields: ['due_at'], kind: request.kind, status: request.status };
  events.push(event(random, at, by, request, 'privacy_request_extend', details, random.id(at)));
}

function changed(request: PrivacyRequestRow, at: Date): void {
  request.version += 1;
  request.updated_at = at;
}

function actionOf(from: PrivacyStatus, to: PrivacyStatus): AuditAction {
  if (to === 'processing') return from === 'failed' ? 'privacy_request_retry' : 'privacy_request_process';
  if (to === 'requested') throw new RangeError('nothing moves back to requested');
  return ACTIONS[to];
}

function event(
  random: Random,
  at: Date,
  by: Agent | null,
  request: PrivacyRequestRow,
  action: AuditAction,
  details: AuditDetails,
  requestId: string,
): AuditEventRow {
  return buildAuditEvent({
    id: random.id(at),
    request_id: requestId,
    actor_id: by?.id ?? null,
    actor_role: by?.role ?? 'system',
    action,
    target_type: 'privacy_request',
    target_id: request.id,
    subject_user_id: request.user_id,
    details,
    created_at: at,
  });
}
