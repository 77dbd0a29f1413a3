import type { Noted } from './ledger.ts';

/** What must not be there, as a query of it whose rows are one fault each, told in a column `fault`. */
export type Check = {
  name: string;
  /** Whether it holds only once all work is done. */
  atRest?: boolean;
  sql: string;
};

/** What the writers were told, as a table; give {@link parametersOf} with each query. */
const NOTED = `noted as (
  select * from jsonb_to_recordset($1::jsonb)
    as n(type text, id uuid, key text, actor uuid, kind text, status text, version int, acts jsonb))`;

/** Changes by people, each of which leaves one event. */
const CHANGES = `e.status = 'success' and e.actor_role <> 'system' and e.action in (
  'support_incident_create', 'support_incident_update', 'support_incident_close', 'support_incident_reopen',
  'privacy_request_create', 'privacy_request_verify_identity', 'privacy_request_approve', 'privacy_request_deny',
  'privacy_request_extend', 'privacy_request_retry', 'privacy_request_process', 'privacy_request_complete',
  'privacy_request_cancel')`;

const events = (action: string) => `(select count(*) from audit_event e where e.target_id = r.id::text
  and e.action = '${action}' and e.actor_role = 'system' and e.status = 'success')`;

const job = (task: string) => `(select count(*) from graphile_worker._private_jobs j where j.key = '${task}:' || r.id)`;

export const CHECKS: readonly Check[] = [
  {
    name: 'lost',
    sql: `with ${NOTED}
      select 'incident ' || n.id as fault from noted n left join incident i on i.id = n.id
      where n.type = 'incident'
        and (i.id is null or i.version < n.version or (i.version = n.version and i.status <> n.status))
      union all
      select 'request ' || n.id from noted n left join privacy_request r on r.id = n.id
      where n.type = 'privacy_request' and (r.id is null or r.version < n.version
        or not (r.status = n.status or (n.status = 'approved' and r.status in ('processing', 'completed', 'failed'))))`,
  },
  {
    name: 'doubled',
    sql: `with ${NOTED}
      select 'incident ' || i.id as fault from incident i
      where i.created_by_id is not null and not exists (select 1 from noted n where n.id = i.id)
      union all
      select 'request ' || r.id from privacy_request r where not exists (select 1 from noted n where n.id = r.id)
      union all
      select 'change of ' || i.id from incident i join noted n on n.id = i.id where i.version > n.version`,
  },
  {
    name: 'events missing',
    sql: `with ${NOTED}
      select a.action || ' of ' || n.id as fault from noted n, jsonb_each_text(n.acts) as a(action, times)
      where (select count(*) from audit_event e where e.target_id = n.id::text and e.action = a.action and ${CHANGES})
        < a.times::int`,
  },
  {
    name: 'events too many',
    sql: `with ${NOTED}
      select e.action || ' of ' || e.target_id as fault
      from audit_event e left join noted n on n.id::text = e.target_id where ${CHANGES}
      group by e.action, e.target_id, n.acts having count(*) > coalesce((n.acts ->> e.action)::int, 0)`,
  },
  {
    name: 'half rows',
    sql: `with ${NOTED}
      select 'key ' || n.key as fault from noted n join app_user u on u.id = n.actor and u.erased_at is null
        left join idempotency_key k on k.actor_id = n.actor and k.key = n.key
      where (k.key is null and n.kind <> 'erasure') or k.body ->> 'id' <> n.id::text
      union all
      select 'completed ' || r.id from privacy_request r where r.status = 'completed'
        and (r.completed_at is null or (r.kind <> 'rectification' and r.certificate is null))
      union all
      select 'erased ' || r.id from privacy_request r join app_user u on u.id = r.user_id where r.kind = 'erasure'
        and (r.status = 'completed') <> (u.erased_at is not null and u.email is null)
      union all
      select 'texts of ' || u.id from app_user u join incident i on i.user_id = u.id
      where u.erased_at is not null and i.title <> 'Erased'
      union all
      select 'archive of ' || a.request_id from privacy_archive a join privacy_request r on r.id = a.request_id
      where r.status = 'completed' and a.removed_at is null and a.sha256 is distinct from (
        select encode(sha256(string_agg(c.bytes, '' order by c.ordinal)), 'hex')
        from privacy_archive_chunk c where c.archive_request_id = a.request_id)
      union all
      select 'no archive of ' || r.id from privacy_request r where r.kind = 'access' and r.status = 'completed'
        and not exists (select 1 from privacy_archive a where a.request_id = r.id)`,
  },
  {
    name: 'jobs done twice',
    sql: `select r.status || ' ' || r.id as fault from privacy_request r where r.kind <> 'rectification' and (
        ${events('privacy_request_process')} <> (r.status in ('processing', 'completed', 'failed'))::int
        or ${events('privacy_request_complete')} <> (r.status = 'completed')::int
        or ${job('privacy_archive_expire')} <> (r.kind = 'access' and r.status = 'completed')::int)`,
  },
  {
    name: 'without a job',
    sql: `select r.status || ' ' || r.id as fault from privacy_request r
      where r.kind <> 'rectification' and r.status in ('approved', 'processing') and ${job('privacy_request')} <> 1`,
  },
  { name: 'failed', sql: `select r.id as fault from privacy_request r where r.status = 'failed'` },
  {
    name: 'not carried out',
    atRest: true,
    sql: `with ${NOTED}
      select r.status || ' ' || r.id as fault from privacy_request r join noted n on n.id = r.id
      where n.status = 'approved' and r.status <> 'completed'`,
  },
  {
    name: 'left behind',
    atRest: true,
    sql: `select 'job ' || j.key as fault from graphile_worker._private_jobs j
      where j.locked_at is not null or j.key like 'privacy_request:%'
      union all
      select 'archive of ' || a.request_id from privacy_archive a join privacy_request r on r.id = a.request_id
      where r.status <> 'completed'
      union all
      select 'progress of ' || r.id from privacy_request r where r.progress is not null
      union all
      select 'transaction ' || gid from pg_prepared_xacts`,
  },
];

/** Of the last look, when the desk has ended: nothing of it may still be in PostgreSQL. */
export const SESSIONS_LEFT = `
  select 'session ' || pid || ' ' || state as fault from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()
  union all select 'lock ' || l.objid from pg_locks l where l.locktype = 'advisory'
  union all select 'file ' || name from pg_ls_tmpdir()`;

/** The parameters of a check: none, or what was noted. */
export function parametersOf({ sql }: Check, noted: Iterable<Noted>): unknown[] {
  return sql.includes('$1') ? [JSON.stringify([...noted])] : [];
}
