import { likeFragment } from '../../db/like.ts';
import { sqlList } from '../../db/sql-list.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Page } from '../fields.schema.ts';
import type { Me } from '../identity/identity.schema.ts';
import { PERMISSIONS } from '../identity/roles.rules.ts';
import { UNFINISHED_INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';
import { type Conditions, conditions, keysetPage, TOTAL_CAP } from '../keyset.ts';
import { SUBSCRIPTION_SQL } from '../subscriptions/subscriptions.read.ts';
import type { AuditedWork, Work } from '../work.ts';
import type { TrigramFrequencies } from './trigram-frequencies.ts';
import type { UserListItem } from './users.schema.ts';

/** An account `u` as the wire shows it. */
export const USER_SQL = `u.id, u.email, u.name, u.role, u.locale, guichet_iso(u.created_at) as created_at,
  guichet_iso(u.updated_at) as updated_at, guichet_iso(u.last_sign_in_at) as last_sign_in_at,
  guichet_iso(u.erased_at) as erased_at`;

const unfinished = sqlList(UNFINISHED_INCIDENT_STATUSES);

const LIST_ITEM_SQL = `${USER_SQL}, s.plan, s.status as subscription_status,
  (select count(*) from incident i where i.user_id = u.id and i.status in (${unfinished})) as open_incidents`;

const LIST_JOINS = 'left join subscription s on s.user_id = u.id';

/**
 * People by a fragment of their name or e-mail, blind to case and accents: names that begin so first, then by name.
 * Without a fragment, the newest accounts. The search is audited in the same statement.
 */
export async function searchUsers(
  work: AuditedWork,
  input: { query?: string | undefined; limit: number; cursor?: string | undefined },
  trigrams: TrigramFrequencies,
): Promise<Page<UserListItem>> {
  const where = conditions();
  const common = { where, input, columns: LIST_ITEM_SQL, joins: LIST_JOINS };
  if (!input.query) {
    where.add('u.erased_at is null');
    return keysetPage<UserListItem>(work, {
      ...common,
      list: 'users',
      table: 'app_user u',
      key: 'u.created_at',
      keyOf: (id) => `select created_at from app_user where id = ${id}`,
      direction: 'desc',
    });
  }
  // Gathered first: a plan that walks another index in order until it has met enough matches may never meet them.
  const fragment = likeFragment(where.bind(input.query));
  const rank = `left((case when search_text like ${fragment} || '%' then '0' else '1' end) || search_text, 60) collate "C"`;
  const matches = `matches as materialized (
    select p.*, ${rank} as rank
    from app_user p where ${holds(where, fragment, trigrams.rarest(input.query))} limit ${TOTAL_CAP + 1})`;
  return keysetPage<UserListItem>(work, {
    ...common,
    with: matches,
    stablePlan: true,
    list: 'users-search',
    table: 'matches u',
    key: 'u.rank',
    keyOf: (id) => `select ${rank} from app_user where id = ${id} and search_text like '%' || ${fragment} || '%'`,
    direction: 'asc',
  });
}

/**
 * That a person's text holds the fragment. The index is asked for the rarest trigrams alone; the fragment itself is then
 * compared with the few people left, as an expression that the index does not know.
 */
function holds(where: Conditions, fragment: string, rarest: string[]): string {
  if (rarest.length === 0) return `search_text like '%' || ${fragment} || '%'`;
  const looked = rarest.map((trigram) => `search_text like ${where.bind(`%${trigram}%`)}`);
  return `${looked.join(' and ')} and (search_text || '') like '%' || ${fragment} || '%'`;
}

const selectMe = statement<{ user: Me['user']; subscription: Me['subscription'] }>(
  'me_get',
  `select (select row_to_json(p) from (select ${USER_SQL}) p) as user,
     (select row_to_json(p) from (select ${SUBSCRIPTION_SQL} from subscription s where s.user_id = u.id) p) as subscription
   from app_user u where u.id = $1`,
);

/** The caller's own account, subscription and permissions. */
export async function getMe(work: Work): Promise<Me> {
  const [row] = await selectMe(work.em, [work.actor.id]);
  if (!row) throw new AppError('user_not_found');
  return { ...row, permissions: [...PERMISSIONS[work.actor.role]] };
}
