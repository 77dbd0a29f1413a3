import { statement } from '../../db/statement.ts';
import type { Work } from '../work.ts';
import { AGENTS_MAX, type Agent } from './staff.schema.ts';

const selectAgents = statement<Agent>(
  'agents_list',
  `select id, name, role from app_user where role <> 'user' and erased_at is null order by name, id limit ${AGENTS_MAX}`,
);

/** The people to whom an incident may be assigned, by name. */
export function listAgents(work: Work): Promise<Agent[]> {
  return selectAgents(work.em, []);
}
