import { sqlList } from '../../db/sql-list.ts';
import { type Em, statement } from '../../db/statement.ts';
import { UNFINISHED_INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';

/** Why an account cannot be erased: it is an agent's, or the desk still works on an incident of theirs. */
export type ErasureObstacle = 'agent_account' | 'open_incidents';

const unfinished = sqlList(UNFINISHED_INCIDENT_STATUSES);

const selectObstacle = statement<{ obstacle: ErasureObstacle | null }>(
  'erasure_obstacle',
  `select case
     when u.role <> 'user' then 'agent_account'
     when exists (select 1 from incident i where i.user_id = u.id and i.status in (${unfinished})) then 'open_incidents'
   end as obstacle from app_user u where u.id = $1`,
);

/** What stands in the way of erasing this person now; null when nothing does. */
export async function erasureObstacle(em: Em, userId: string): Promise<ErasureObstacle | null> {
  const [row] = await selectObstacle(em, [userId]);
  return row?.obstacle ?? null;
}
