import { v7 as uuidv7 } from 'uuid';
import { DATABASE_NOW } from '../../db/clock.ts';
import { type Em, statement } from '../../db/statement.ts';
import type { Page } from '../fields.schema.ts';
import { conditions, keysetPage } from '../keyset.ts';
import type { Actor } from '../request-context.ts';
import type { AuditedWork } from '../work.ts';
import {
  type AuditAction,
  type AuditDetails,
  type AuditStatus,
  type AuditTargetType,
  VISIT_SQL,
} from './audit.rules.ts';
import type { AuditEvent, AuditListInput } from './audit.schema.ts';

/** The event that the procedure in progress will leave; services complete it. */
export class AuditDraft {
  action: AuditAction;
  targetType: AuditTargetType;
  targetId: string | null;
  /** The customer whose dossier the event belongs to; that of an incident or a privacy request when left out. */
  subjectUserId: string | null = null;
  details: AuditDetails = {};
  /** The instant of the change that it tells of, taken under the row's lock; else that at which the event is inserted. */
  at: Date | null = null;
  /** Whether a page reads again what it shows: see {@link unlessSameVisit}. */
  again = false;
  /** True once a service's own statement has kept it. */
  written = false;
  /** True when there was nothing to do, as for an unknown token at sign-out: it leaves no event, and the log no success. */
  idle = false;

  constructor(action: AuditAction, targetType: AuditTargetType, targetId: string | null) {
    this.action = action;
    this.targetType = targetType;
    this.targetId = targetId;
  }
}

export const AUDIT_COLUMNS =
  'id, request_id, actor_id, actor_role, action, target_type, target_id, subject_user_id, status, details, created_at';

// A call refused before its target was read does not know the customer yet: look it up here. What a customer is refused,
// or fails at, names nobody but themselves: else they could bury somebody's dossier, or an incident's history.
const insertEvent = statement(
  'audit_insert',
  `insert into audit_event (${AUDIT_COLUMNS})
   select $1::uuid, $2::text, $3::uuid, $4::text, $5::text, $6::text, case when named then $7::text end,
     case when named then subject end, $9::text, $10::jsonb, coalesce($11::timestamptz, ${DATABASE_NOW})
   from (select subject, $4::text <> 'user' or $9::text = 'success' or subject is not distinct from $3::uuid as named
     from (select coalesce($8::uuid, case $6::text
       when 'incident' then (select user_id from incident where id = $7::text::uuid)
       when 'privacy_request' then (select user_id from privacy_request where id = $7::text::uuid)
     end) as subject) found) event`,
);

/** The desk itself, which acts in the background. */
export const SYSTEM = { id: null, role: 'system' } as const;

/** Who acts, when, and in which request. */
export type AuditedBy = {
  requestId: string;
  actor: Pick<Actor, 'id' | 'role'> | typeof SYSTEM | null;
  now: Date;
};

// Events of one instant keep the order in which they came about: lists break the tie by id.
let written = 0;

/** The values of an event in the order of {@link AUDIT_COLUMNS}. */
export function auditValues(draft: AuditDraft, by: AuditedBy, status: AuditStatus): unknown[] {
  written = (written + 1) % 2 ** 31;
  return [
    uuidv7({ msecs: by.now.getTime(), seq: written }),
    by.requestId,
    by.actor?.id ?? null,
    by.actor?.role ?? 'anonymous',
    draft.action,
    draft.targetType,
    draft.targetId,
    draft.subjectUserId,
    status,
    JSON.stringify(draft.details),
    draft.at,
  ];
}

/**
 * The SELECT list of an INSERT of an event whose {@link auditValues} are bound from `$first` on; `$first` alone of them
 * may be left out for `id`, and `subject` and `target` may come from the rows that are read.
 */
export function auditSelect(
  placeOf: (index: number) => string,
  from: { subject?: string; target?: string; id?: string } = {},
) {
  const [id, requestId, actor, role, action, type, target, subject, status, details, at] = AUDIT_TYPES.map(
    (cast, index) => `${placeOf(index)}${cast}`,
  );
  return [
    from.id ? `coalesce(${from.id}, ${id})` : id,
    requestId,
    actor,
    role,
    action,
    type,
    from.target ? `coalesce(${from.target}, ${target})` : target,
    from.subject ? `coalesce(${from.subject}, ${subject})` : subject,
    status,
    details,
    `coalesce(${at}, ${DATABASE_NOW})`,
  ].join(', ');
}

/**
 * A condition of the same INSERT: false when `again` holds and this actor's reading of this target was kept less than a
 * visit ago. What the caller says of itself is not enough to leave no event.
 */
export function unlessSameVisit(placeOf: (index: number) => string, again: string): string {
  const [actor, action, target] = [2, 4, 6].map((index) => `${placeOf(index)}${AUDIT_TYPES[index]}`);
  return `not (${again}::boolean and exists (
    select from audit_event seen where seen.target_id = ${target} and seen.actor_id = ${actor}
      and seen.action = ${action} and seen.status = 'success' and seen.created_at > ${DATABASE_NOW} - ${VISIT_SQL}))`;
}

const AUDIT_TYPES = [
  '::uuid',
  '::text',
  '::uuid',
  '::text',
  '::text',
  '::text',
  '::text',
  '::uuid',
  '::text',
  '::jsonb',
  '::timestamptz',
];

/** Keeps one event, in the transaction of `em` when it has one. */
export async function writeAuditEvent(em: Em, draft: AuditDraft, by: AuditedBy, status: AuditStatus): Promise<void> {
  await insertEvent(em, auditValues(draft, by, status));
}

/** The columns of an event `e` as the wire shows them. */
export const AUDIT_EVENT_SQL = `e.id, e.request_id, e.actor_id,
  (select u.name from app_user u where u.id = e.actor_id and u.erased_at is null) as actor_name,
  e.actor_role, e.action, e.target_type, e.target_id, e.status, e.details, guichet_iso(e.created_at) as created_at`;

/** Audit events, newest first. The search is itself audited, in the same statement. */
export async function listAuditEvents(work: AuditedWork, input: AuditListInput): Promise<Page<AuditEvent>> {
  const where = conditions();
  if (input.request_id) where.add('e.request_id = ?', input.request_id);
  if (input.actor_id) where.add('e.actor_id = ?', input.actor_id);
  if (input.action) where.in('e.action', input.action);
  if (input.target_type) where.add('e.target_type = ?', input.target_type);
  if (input.target_id) where.add('e.target_id = ?', input.target_id);
  if (input.status) where.in('e.status', input.status);
  if (input.from) where.add('e.created_at >= ?', input.from);
  if (input.to) where.add('e.created_at < ?', input.to);
  const filters = Object.keys(input).filter((name) => name !== 'limit' && name !== 'cursor');
  work.audit.details = { filters };
  return keysetPage<AuditEvent>(work, {
    list: 'audit',
    table: 'audit_event e',
    key: 'e.created_at',
    direction: 'desc',
    where,
    input,
    columns: AUDIT_EVENT_SQL,
  });
}
