import { sqlList } from '../../db/sql-list.ts';
import { statement } from '../../db/statement.ts';
import { READING_SQL } from '../audit/audit.rules.ts';
import type { AuditEvent } from '../audit/audit.schema.ts';
import { AUDIT_COLUMNS, AUDIT_EVENT_SQL, auditSelect, auditValues, unlessSameVisit } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import type { Page } from '../fields.schema.ts';
import { conditions, keysetPage, ofSomebody } from '../keyset.ts';
import type { AuditedWork, Work } from '../work.ts';
import { daysLeft, type LegalCalendar, RULE_BEFORE, startOfDay } from './deadline.rules.ts';
import { type ErasureFailure, FAILURE_ADVICE } from './erasure.rules.ts';
import {
  allowedPrivacyActs,
  allowedPrivacyTransitions,
  isOpenPrivacyRequest,
  isPrivacyActFor,
  OPEN_PRIVACY_STATUSES,
} from './privacy.rules.ts';
import type {
  PrivacyListInput,
  PrivacyRequest,
  PrivacyRequestDetail,
  PrivacyRequestListItem,
} from './privacy.schema.ts';

/** A privacy request `r` as the wire shows it, but for the days left: see {@link withClock}. */
export const PRIVACY_REQUEST_SQL = `r.id, r.user_id, r.kind, r.status, r.details, r.reason,
  guichet_iso(r.received_at) as received_at, guichet_iso(r.due_at) as due_at,
  guichet_iso(r.first_due_at) as first_due_at,
  coalesce(r.clock_rule, '${RULE_BEFORE}') as clock_rule, guichet_iso(r.extended_at) as extended_at, r.extension_reason,
  guichet_iso(r.decided_at) as decided_at, guichet_iso(r.completed_at) as completed_at,
  r.requested_by_id as requested_by, r.on_behalf_reason,
  case when r.identity_checked_at is not null then json_build_object('means', r.identity_means,
    'checked_on', r.identity_checked_on::text, 'checked_at', guichet_iso(r.identity_checked_at),
    'checked_by', r.identity_checked_by_id) end as identity_check, r.version, guichet_iso(r.created_at) as created_at,
  guichet_iso(r.updated_at) as updated_at`;

const open = sqlList(OPEN_PRIVACY_STATUSES);

/** The request with its legal clock as of now, in days of the desk; the clock stops when the request ends. */
export function withClock<T extends Pick<PrivacyRequest, 'status' | 'due_at'>>(
  request: T,
  { now, calendar }: { now: Date; calendar: LegalCalendar },
) {
  const left = isOpenPrivacyRequest(request.status) ? daysLeft(new Date(request.due_at), now, calendar) : null;
  return { ...request, time_zone: calendar.timeZone, days_left: left, overdue: left !== null && left < 0 };
}

/** Privacy requests of everybody, soonest deadline first. */
export async function listPrivacyRequests(
  work: Work | AuditedWork,
  input: PrivacyListInput,
): Promise<Page<PrivacyRequestListItem>> {
  const where = conditions();
  if (input.status) where.in('r.status', input.status);
  if (input.kind) where.in('r.kind', input.kind);
  if (input.user_id) where.add('r.user_id = ?', input.user_id);
  const today = startOfDay(work.now, work.calendar);
  if (input.overdue === true) where.add(`r.due_at < ? and r.status in (${open})`, today);
  if (input.overdue === false) where.add(`not (r.due_at < ? and r.status in (${open}))`, today);
  const found = await keysetPage<PrivacyRequestListItem>(work, {
    list: 'privacy',
    table: 'privacy_request r',
    key: 'r.due_at',
    direction: 'asc',
    where,
    input,
    columns: `${PRIVACY_REQUEST_SQL}, u.name as user_name`,
    joins: 'join app_user u on u.id = r.user_id',
    audited: ofSomebody(where, input.user_id),
  });
  return { ...found, items: found.items.map((item) => withClock(item, work)) };
}

/** The caller's own privacy requests, newest first. */
export async function listOwnPrivacyRequests(
  work: Work,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<PrivacyRequest>> {
  const where = conditions();
  where.add('r.user_id = ?', work.actor.id);
  const found = await keysetPage<PrivacyRequest>(work, {
    list: 'privacy-own',
    table: 'privacy_request r',
    key: 'r.created_at',
    direction: 'desc',
    where,
    input,
    columns: PRIVACY_REQUEST_SQL,
  });
  return { ...found, items: found.items.map((item) => withoutOthers(withClock(item, work), work.actor.id)) };
}

/** The request as its customer sees it: who else acted on it are roles without a name (GDPR Art. 15(4)). */
function withoutOthers<T extends Pick<PrivacyRequest, 'requested_by' | 'identity_check'>>(request: T, self: string): T {
  return {
    ...request,
    requested_by: request.requested_by === self ? self : null,
    identity_check: request.identity_check && { ...request.identity_check, checked_by: null },
  };
}

function withoutActor(event: AuditEvent, self: string): AuditEvent {
  return event.actor_id === self ? event : { ...event, actor_id: null, actor_name: null };
}

/** A customer's reading of their own leaves none. */
const NO_EVENT = Array.from({ length: AUDIT_COLUMNS.split(',').length }, () => null);

type Found = Omit<PrivacyRequestDetail, 'allowed_transitions' | 'allowed_acts' | 'failure'> & {
  failure: ErasureFailure | null;
};

const withAdvice = (failure: ErasureFailure | null) => failure && { ...failure, advice: FAILURE_ADVICE[failure.class] };

const placeOf = (index: number) => `$${index + 4}`;

const selectPrivacyRequest = statement<{ found: Found }>(
  'privacy_request_get',
  `with kept as (
     insert into audit_event (${AUDIT_COLUMNS})
     select ${auditSelect(placeOf, { subject: 'r.user_id' })}
     from privacy_request r where r.id = $1 and $2::uuid is null and ${unlessSameVisit(placeOf, '$15')}
   )
   select row_to_json(f) as found from (
     select ${PRIVACY_REQUEST_SQL}, u.name as user_name, r.certificate, r.progress, r.identity_note, r.mentions, r.failure,
       (select json_build_object('size_bytes', a.size_bytes, 'sha256', a.sha256,
          'expires_at', guichet_iso(a.expires_at), 'expired', a.removed_at is not null or a.expires_at <= $3)
        from privacy_archive a where a.request_id = r.id and r.status = 'completed') as archive,
       coalesce((select json_agg(row_to_json(h) order by h.created_at, h.id) from (
         select ${AUDIT_EVENT_SQL} from audit_event e
         where e.target_id = r.id::text and e.target_type = 'privacy_request'
           and not (${READING_SQL})
           and ($2::uuid is null or e.status = 'success' or e.actor_id = $2)
         order by e.status = 'success' desc, e.created_at desc, e.id desc limit 100) h), '[]') as history
     from privacy_request r join app_user u on u.id = r.user_id
     where r.id = $1 and ($2::uuid is null or r.user_id = $2)) f`,
);

/**
 * A request, and the audit event that says who read it.
 * @throws AppError privacy_request_not_found
 */
export async function getPrivacyRequest(work: AuditedWork, id: string): Promise<PrivacyRequestDetail> {
  const values = auditValues(work.audit, work, 'success');
  const [row] = await selectPrivacyRequest(work.em, [id, null, work.now, ...values, work.audit.again]);
  if (!row) throw new AppError('privacy_request_not_found');
  work.audit.written = true;
  const request = withClock(row.found, work);
  const clock = {
    firstDueAt: new Date(request.first_due_at),
    extendedAt: request.extended_at ? new Date(request.extended_at) : null,
  };
  const { status, kind } = request;
  return {
    ...request,
    failure: withAdvice(request.failure),
    allowed_transitions: [...allowedPrivacyTransitions(status, work.actor.role, kind)],
    allowed_acts: [...allowedPrivacyActs({ status, kind, ...clock }, work.actor.role, work)],
  };
}

/**
 * One of the caller's own; somebody else's looks as if it did not exist. Its history tells what was done and what they
 * tried, not what others tried in vain.
 * @throws AppError privacy_request_not_found
 */
export async function getOwnPrivacyRequest(work: Work, id: string): Promise<PrivacyRequestDetail> {
  const [row] = await selectPrivacyRequest(work.em, [id, work.actor.id, work.now, ...NO_EVENT, false]);
  if (!row) throw new AppError('privacy_request_not_found');
  const request = withoutOthers(withClock(row.found, work), work.actor.id);
  const cancelable = isPrivacyActFor('cancel', request.status, request.kind);
  return {
    ...request,
    // What others wrote, and how the tables are named, is nothing of theirs.
    failure: null,
    mentions: null,
    history: request.history.map((event) => withoutActor(event, work.actor.id)),
    allowed_transitions: cancelable ? ['canceled'] : [],
    allowed_acts: cancelable ? ['cancel'] : [],
  };
}

const selectOwn = statement<{ id: string }>(
  'privacy_request_own',
  `select id from privacy_request where id = $1 and user_id = $2 and status = 'completed'`,
);

/** Whether it is the caller's own and completed. */
export async function isOwnCompletedRequest(work: Work, id: string): Promise<boolean> {
  return (await selectOwn(work.em, [id, work.actor.id])).length > 0;
}
