import { sqlList } from '../../db/sql-list.ts';
import { statement } from '../../db/statement.ts';
import { REPEATED_SQL } from '../audit/audit.rules.ts';
import type { AuditEvent, FoldedEvent } from '../audit/audit.schema.ts';
import { AUDIT_COLUMNS, AUDIT_EVENT_SQL, auditSelect, auditValues, unlessSameVisit } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import type { Page } from '../fields.schema.ts';
import { INCIDENT_JOINS, INCIDENT_SQL, INCIDENT_SUMMARY_SQL } from '../incidents/incidents.read.ts';
import { UNFINISHED_INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';
import { conditions, keysetPage, ofSomebody } from '../keyset.ts';
import { PRIVACY_REQUEST_SQL, withClock } from '../privacy/privacy.read.ts';
import { OPEN_PRIVACY_STATUSES } from '../privacy/privacy.rules.ts';
import { SUBSCRIPTION_SQL } from '../subscriptions/subscriptions.read.ts';
import { USER_SQL } from '../users/users.read.ts';
import type { AuditedWork } from '../work.ts';
import { DOSSIER_LIST_SIZE, type Dossier } from './dossier.schema.ts';

/** Readings and refused sign-ins looked at between the acts that a dossier shows. */
const READINGS_MAX = 1000;

/** The events that tell who did the steps of an incident or a privacy request. */
const PROVING_SQL = `e.status = 'success' and (e.details->>'to' in ('resolved', 'closed') or e.action in (
  'support_incident_create', 'privacy_request_create', 'privacy_request_extend', 'privacy_request_approve',
  'privacy_request_deny', 'privacy_request_complete'))`;

const placeOf = (index: number) => `$${index + 2}`;

/** All sections from one snapshot, and the audit event of the access, in one statement. $1 is the user. */
const selectDossier = statement<{ found: Omit<Dossier, 'as_of'> }>(
  'dossier_get',
  `with person as (select * from app_user where id = $1),
   kept as (
     insert into audit_event (${AUDIT_COLUMNS}) select ${auditSelect(placeOf)} from person
     where ${unlessSameVisit(placeOf, '$13')}
   ),
   own_incidents as materialized (
     select * from incident where user_id = $1 order by created_at desc, id desc limit ${DOSSIER_LIST_SIZE}),
   own_requests as materialized (
     select * from privacy_request where user_id = $1 order by created_at desc, id desc limit ${DOSSIER_LIST_SIZE}),
   acts as materialized (
     select * from audit_event e where e.subject_user_id = $1 and not ${REPEATED_SQL}
     order by e.created_at desc, e.id desc limit ${DOSSIER_LIST_SIZE}),
   oldest as (select created_at, id from acts order by created_at, id offset ${DOSSIER_LIST_SIZE - 1} limit 1),
   readings as materialized (
     select e.*, (select count(*) from acts a where (a.created_at, a.id) > (e.created_at, e.id)) as place,
       e.action = 'auth_login' as refused
     from audit_event e where e.subject_user_id = $1 and ${REPEATED_SQL}
       and e.created_at >= coalesce((select created_at from oldest), '-infinity')
     order by e.created_at desc, e.id desc limit ${READINGS_MAX}),
   readers as (
     select place, refused, actor_id, actor_role, max(created_at) as last
     from readings group by place, refused, actor_id, actor_role),
   folds as (
     select distinct on (place, refused) r.*,
       sum(coalesce((details->>'refused')::int, 1)) over (partition by place, refused)::int as count,
       min(created_at) over (partition by place, refused) as first_at
     from readings r order by place, refused, created_at desc, id desc)
   select json_build_object(
     'user', (select row_to_json(p) from (select ${USER_SQL}) p),
     'subscription', (select row_to_json(p) from (select ${SUBSCRIPTION_SQL} from subscription s where s.user_id = u.id) p),
     'privacy_requests', coalesce((select json_agg(row_to_json(p)) from (
       select ${PRIVACY_REQUEST_SQL} from own_requests r order by r.created_at desc, r.id desc) p), '[]'),
     'incidents', coalesce((select json_agg(row_to_json(p)) from (
       select ${INCIDENT_SQL} from own_incidents i ${INCIDENT_JOINS}
       order by i.created_at desc, i.id desc) p), '[]'),
     'audit_events', coalesce((select json_agg(row_to_json(p)) from (
       select ${AUDIT_EVENT_SQL} from acts e order by e.created_at desc, e.id desc) p), '[]'),
     'readings', coalesce((select json_agg(row_to_json(p)) from (
       select ${AUDIT_EVENT_SQL}, e.count, guichet_iso(e.first_at) as first_at,
         (select json_agg(json_build_object('id', r.actor_id, 'role', r.actor_role,
            'name', (select n.name from app_user n where n.id = r.actor_id and n.erased_at is null)) order by r.last desc)
          from readers r where r.place = e.place and r.refused = e.refused) as actors
       from folds e order by e.created_at desc, e.id desc) p), '[]'),
     'proofs', coalesce((select json_agg(row_to_json(p)) from (
       select ${AUDIT_EVENT_SQL} from audit_event e
       where e.target_id = any(array(select id::text from own_incidents union all select id::text from own_requests))
         and ${PROVING_SQL} order by e.created_at desc, e.id desc limit 200) p), '[]'),
     'open_incidents', coalesce((select json_agg(row_to_json(p)) from (
       select ${INCIDENT_SUMMARY_SQL} from incident i ${INCIDENT_JOINS} where i.user_id = $1
         and i.status in (${sqlList(UNFINISHED_INCIDENT_STATUSES)}) order by i.created_at desc, i.id desc limit 100) p), '[]'),
     'open_privacy_requests', coalesce((select json_agg(row_to_json(p)) from (
       select ${PRIVACY_REQUEST_SQL} from privacy_request r where r.user_id = u.id
         and r.status in (${sqlList(OPEN_PRIVACY_STATUSES)}) order by r.due_at, r.id) p), '[]'),
     'counts', json_build_object(
       'incidents', (select count(*) from incident i where i.user_id = u.id),
       'open_incidents', (select count(*) from incident i where i.user_id = u.id
         and i.status in (${sqlList(UNFINISHED_INCIDENT_STATUSES)})),
       'privacy_requests', (select count(*) from privacy_request r where r.user_id = u.id),
       'open_privacy_requests', (select count(*) from privacy_request r where r.user_id = u.id
         and r.status in (${sqlList(OPEN_PRIVACY_STATUSES)})),
       'audit_events', (select count(*) from (
         select 1 from audit_event e where e.subject_user_id = u.id limit 10000) counted))
   ) as found from person u`,
);

/**
 * A customer's dossier, and the audit event that says who read it.
 * @throws AppError user_not_found
 */
export async function getDossier(work: AuditedWork, userId: string): Promise<Dossier> {
  const [row] = await selectDossier(work.em, [userId, ...auditValues(work.audit, work, 'success'), work.audit.again]);
  if (!row) throw new AppError('user_not_found');
  work.audit.written = true;
  const { privacy_requests, open_privacy_requests, audit_events, readings, ...sections } = row.found;
  return {
    as_of: work.now.toISOString(),
    ...sections,
    readings,
    audit_events: withReadings(audit_events, readings),
    privacy_requests: privacy_requests.map((request) => withClock(request, work)),
    open_privacy_requests: open_privacy_requests.map((request) => withClock(request, work)),
  };
}

/** The newest acts, and the newest readings as far as they leave room, newest first: no reading crowds out an act. */
function withReadings(acts: FoldedEvent[], readings: FoldedEvent[]): FoldedEvent[] {
  return [...acts, ...readings.slice(0, DOSSIER_LIST_SIZE - acts.length)].sort(
    (a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id),
  );
}

/**
 * All events of a customer's dossier, newest first, for whoever may read it.
 * @throws AppError user_not_found
 */
export async function listDossierEvents(
  work: AuditedWork,
  input: { user_id: string; limit: number; cursor?: string | undefined },
): Promise<Page<AuditEvent>> {
  const where = conditions();
  where.add('e.subject_user_id = ?', input.user_id);
  const page = await keysetPage<AuditEvent>(work, {
    list: 'dossier-events',
    table: 'audit_event e',
    key: 'e.created_at',
    direction: 'desc',
    where,
    input,
    columns: AUDIT_EVENT_SQL,
    audited: ofSomebody(where, input.user_id),
  });
  // Readings of nobody leave events too, which failed.
  const isProven = page.items.some(({ status }) => status === 'success');
  if (!isProven && !(await isSomebody(work, input.user_id))) throw new AppError('user_not_found');
  return page;
}

const selectSomebody = statement('dossier_person', 'select 1 from app_user where id = $1');

async function isSomebody(work: AuditedWork, userId: string): Promise<boolean> {
  if ((await selectSomebody(work.em, [userId])).length > 0) return true;
  work.audit.written = false;
  return false;
}
