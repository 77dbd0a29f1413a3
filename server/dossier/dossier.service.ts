import { statement } from '../../db/statement.ts';
import { AUDIT_COLUMNS, AUDIT_EVENT_SQL, auditValues } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import { INCIDENT_JOINS, INCIDENT_SQL } from '../incidents/incidents.read.ts';
import { UNFINISHED_INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';
import { PRIVACY_REQUEST_SQL, withClock } from '../privacy/privacy.read.ts';
import { OPEN_PRIVACY_STATUSES } from '../privacy/privacy.rules.ts';
import { SUBSCRIPTION_SQL } from '../subscriptions/subscriptions.read.ts';
import { USER_SQL } from '../users/users.read.ts';
import type { AuditedWork } from '../work.ts';
import { DOSSIER_LIST_SIZE, type Dossier } from './dossier.schema.ts';

const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

/** All sections from one snapshot, and the audit event of the access, in one statement. $1 is the user. */
const selectDossier = statement<{ found: Omit<Dossier, 'as_of'> }>(
  'dossier_get',
  `with person as (select * from app_user where id = $1),
   kept as (
     insert into audit_event (${AUDIT_COLUMNS})
     select $2::uuid, $3, $4::uuid, $5, $6, $7, $8, $9::uuid, $10, $11::jsonb, $12::timestamptz from person
   )
   select json_build_object(
     'user', (select row_to_json(p) from (select ${USER_SQL}) p),
     'subscription', (select row_to_json(p) from (select ${SUBSCRIPTION_SQL} from subscription s where s.user_id = u.id) p),
     'privacy_requests', coalesce((select json_agg(row_to_json(p)) from (
       select ${PRIVACY_REQUEST_SQL} from privacy_request r where r.user_id = u.id
       order by r.created_at desc, r.id desc limit ${DOSSIER_LIST_SIZE}) p), '[]'),
     'incidents', coalesce((select json_agg(row_to_json(p)) from (
       select ${INCIDENT_SQL} from (select * from incident where user_id = u.id
         order by created_at desc, id desc limit ${DOSSIER_LIST_SIZE}) i ${INCIDENT_JOINS}
       order by i.created_at desc, i.id desc) p), '[]'),
     'audit_events', coalesce((select json_agg(row_to_json(p)) from (
       select ${AUDIT_EVENT_SQL} from audit_event e where e.subject_user_id = u.id
       order by e.created_at desc, e.id desc limit ${DOSSIER_LIST_SIZE}) p), '[]'),
     'counts', json_build_object(
       'incidents', (select count(*) from incident i where i.user_id = u.id),
       'open_incidents', (select count(*) from incident i where i.user_id = u.id
         and i.status in (${list(UNFINISHED_INCIDENT_STATUSES)})),
       'privacy_requests', (select count(*) from privacy_request r where r.user_id = u.id),
       'open_privacy_requests', (select count(*) from privacy_request r where r.user_id = u.id
         and r.status in (${list(OPEN_PRIVACY_STATUSES)})),
       'audit_events', (select count(*) from (
         select 1 from audit_event e where e.subject_user_id = u.id limit 10000) counted))
   ) as found from person u`,
);

/**
 * A customer's dossier, and the audit event that says who read it.
 * @throws AppError user_not_found
 */
export async function getDossier(work: AuditedWork, userId: string): Promise<Dossier> {
  const [row] = await selectDossier(work.em, [userId, ...auditValues(work.audit, work, 'success')]);
  if (!row) throw new AppError('user_not_found');
  work.audit.written = true;
  const { privacy_requests, ...sections } = row.found;
  return {
    as_of: work.now.toISOString(),
    ...sections,
    privacy_requests: privacy_requests.map((request) => withClock(request, work.now)),
  };
}
