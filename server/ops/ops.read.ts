import { sqlList } from '../../db/sql-list.ts';
import { select } from '../../db/statement.ts';
import { TOTAL_CAP } from '../keyset.ts';
import { addDays, DUE_SOON_DAYS, startOfDay } from '../privacy/deadline.rules.ts';
import { OPEN_PRIVACY_STATUSES } from '../privacy/privacy.rules.ts';
import type { Work } from '../work.ts';
import { LIVE_SAMPLE, OPENED_CLOSED_DAYS, REFUSALS_HOURS, RESOLUTION_DAYS } from './ops.rules.ts';
import type { OpsDashboard } from './ops.schema.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RESOLUTION_CAP = 50_000;
const OLDEST = 5;
const AGENTS = 20;

const openPrivacy = sqlList(OPEN_PRIVACY_STATUSES);

const live = (status: 'open' | 'in_progress') => `
  (select id, number, title, status, priority, assignee_id, created_at from incident where status = '${status}'
   order by created_at, id limit ${LIVE_SAMPLE})`;

const total = (status: 'open' | 'in_progress') => `(select json_build_object(
      'count', least(count(*), ${TOTAL_CAP}), 'capped', count(*) > ${TOTAL_CAP})
    from (select 1 from incident where status = '${status}' limit ${TOTAL_CAP + 1}) counted)`;

const BY_PRIORITY = `coalesce((select json_agg(row_to_json(x)) from (
    select status, priority, count(*) as count from live group by status, priority) x), '[]')`;

const OLDEST_UNASSIGNED = `coalesce((select json_agg(row_to_json(x)) from (
    select id, number, title, status, priority, guichet_iso(created_at) as created_at from live
    where assignee_id is null order by live.created_at, id limit ${OLDEST}) x), '[]')`;

const LOAD = `coalesce((select json_agg(row_to_json(x)) from (
    select a.id as agent_id, a.name as agent_name, l.open, l.in_progress, l.high from (
      select assignee_id, count(*) filter (where status = 'open') as open,
        count(*) filter (where status = 'in_progress') as in_progress,
        count(*) filter (where priority = 'high') as high, count(*) as total
      from live where assignee_id is not null group by assignee_id order by count(*) desc, assignee_id
      limit ${AGENTS}) l
    join app_user a on a.id = l.assignee_id order by l.total desc, a.name, a.id) x), '[]')`;

// Closings have no index on incident; the audit has one by action and time, and its events are never changed.
// Days are told by where they begin: the desk and PostgreSQL need not know the same time zones.
const DAYS = `(select json_agg(json_build_object('day', d.day,
      'opened', coalesce(o.n, 0), 'closed', coalesce(c.n, 0)) order by d.day)
    from unnest($2::text[]) with ordinality d(day, place)
    left join (select width_bucket(created_at, $7::timestamptz[]) as place, count(*) n from incident
      where created_at >= $3 group by 1) o on o.place = d.place
    left join (select width_bucket(created_at, $7::timestamptz[]) as place, count(*) n from audit_event
      where action = 'support_incident_close' and status = 'success' and created_at >= $3
      group by 1) c on c.place = d.place)`;

const RESOLUTION = `(select case when count(*) > 0 then json_build_object('count', count(*),
      'median_seconds', percentile_cont(0.5) within group (order by seconds),
      'p90_seconds', percentile_cont(0.9) within group (order by seconds)) end
    from (select extract(epoch from resolved_at - created_at)::float8 as seconds from incident
      where created_at >= $4 and resolved_at is not null order by created_at desc limit ${RESOLUTION_CAP}) r)`;

const PRIVACY = `coalesce((select json_agg(row_to_json(x)) from (
    select kind, count(*) as open, count(*) filter (where due_at < $1) as overdue,
      count(*) filter (where due_at >= $1 and due_at < $5) as due_soon
    from privacy_request where status in (${openPrivacy}) group by kind) x), '[]')`;

const REFUSALS = `(select json_build_object(
      'acts', coalesce(json_agg(json_build_object('action', action, 'denied', denied, 'failed', failed)
        order by denied + failed desc, action) filter (where action <> 'auth_login'), '[]'),
      'sign_ins', coalesce(sum(denied + failed) filter (where action = 'auth_login'), 0))
    from (select action, count(*) filter (where status = 'denied') as denied,
        count(*) filter (where status = 'failed') as failed
      from audit_event where status in ('denied', 'failed') and created_at >= $6 group by action) r)`;

const DASHBOARD = `with live as materialized (${live('open')} union all ${live('in_progress')})
  select json_build_object(
    'incidents', json_build_object('open', ${total('open')}, 'in_progress', ${total('in_progress')},
      'by_priority', ${BY_PRIORITY}, 'oldest_unassigned', ${OLDEST_UNASSIGNED}, 'load', ${LOAD},
      'days', ${DAYS}, 'resolution', ${RESOLUTION}),
    'privacy', ${PRIVACY}, 'refusals', ${REFUSALS}) as found`;

/** How the desk is doing now, from one statement over indexed windows. */
export async function readDashboard(work: Work): Promise<OpsDashboard> {
  const { now, calendar } = work;
  const today = calendar.dayOf(now);
  const days = Array.from({ length: OPENED_CLOSED_DAYS }, (_, index) => addDays(today, index + 1 - OPENED_CLOSED_DAYS));
  const starts = days.map((day) => calendar.startOf(day));
  const [row] = await select<{ found: Omit<OpsDashboard, 'as_of' | 'time_zone'> }>(work.em, DASHBOARD, [
    startOfDay(now, calendar),
    days,
    starts[0],
    new Date(now.getTime() - RESOLUTION_DAYS * DAY),
    startOfDay(now, calendar, DUE_SOON_DAYS + 1),
    new Date(now.getTime() - REFUSALS_HOURS * HOUR),
    starts,
  ]);
  if (!row) throw new Error('The dashboard statement gave no row');
  const { incidents, ...rest } = row.found;
  const sampled = [incidents.open, incidents.in_progress].some(({ count }) => count > LIVE_SAMPLE);
  return { as_of: now.toISOString(), time_zone: calendar.timeZone, incidents: { ...incidents, sampled }, ...rest };
}
