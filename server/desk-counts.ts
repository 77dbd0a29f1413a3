import { sqlList } from '../db/sql-list.ts';
import { statement } from '../db/statement.ts';
import type { Desk } from './desk.ts';
import { startOfDay } from './privacy/deadline.rules.ts';
import { OPEN_PRIVACY_STATUSES } from './privacy/privacy.rules.ts';
import type { DeskCounts } from './telemetry/desk-gauges.ts';

const open = sqlList(OPEN_PRIVACY_STATUSES);

const selectCounts = statement<{ counts: DeskCounts }>(
  'desk_counts',
  `select json_build_object(
     'incidentsOpen', coalesce((select json_object_agg(priority, n) from (
       select priority, count(*) n from incident where status = 'open' group by priority) i), '{}'),
     'privacyOpen', coalesce((select json_object_agg(kind, n) from (
       select kind, count(*) n from privacy_request where status in (${open}) group by kind) p), '{}'),
     'privacyOverdue', coalesce((select json_object_agg(kind, n) from (
       select kind, count(*) n from privacy_request where status in (${open}) and due_at < $1 group by kind) o), '{}')
   ) as counts`,
);

/** What the gauges show, from one statement over partial indexes. */
export async function countDesk({ orm, calendar }: Pick<Desk, 'orm' | 'calendar'>): Promise<DeskCounts> {
  const [row] = await selectCounts(orm.em.fork(), [startOfDay(new Date(), calendar)]);
  return row?.counts ?? { incidentsOpen: {}, privacyOpen: {}, privacyOverdue: {} };
}
