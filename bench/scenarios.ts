import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import type { Em } from '../db/statement.ts';
import { OPEN_PRIVACY_STATUSES } from '../server/privacy/privacy.rules.ts';
import { TrigramFrequencies } from '../server/users/trigram-frequencies.ts';
import type { Call } from './load.ts';

/** The same operation on the product and on the floor. */
export type Scenario = { name: string; product(connection: number): Call; floor(connection: number): Call };

const SAMPLE = 2_000;

type Samples = {
  people: { id: string; fragment: string }[];
  incidents: string[];
  agent: string;
  trigrams: TrigramFrequencies;
};

async function sample(databaseUrl: string): Promise<Samples> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const some = (count: number) => Math.min(100, (SAMPLE * 120) / Math.max(count, 1)).toFixed(4);
  const { rows: counts } = await client.query(
    'select (select count(*)::int from app_user) p, (select count(*)::int from incident) i',
  );
  const people = await client.query(
    `select id, guichet_fold(name) as fragment from app_user tablesample bernoulli (${some(counts[0].p)}) repeatable (7)
     where role = 'user' and erased_at is null limit ${SAMPLE}`,
  );
  const incidents = await client.query(
    `select id from incident where status = 'open' order by created_at desc limit ${SAMPLE}`,
  );
  const agents = await client.query("select id from app_user where role = 'support' order by id limit 1");
  const trigrams = new TrigramFrequencies();
  await trigrams.refresh(emOf(client));
  await client.end();
  // Names in other scripts and very short ones take another statement than the one recorded for the floor.
  const searched = people.rows.filter(({ fragment }) => trigrams.rarest(fragment).length > 0);
  return { people: searched, incidents: incidents.rows.map(({ id }) => id), agent: agents.rows[0].id, trigrams };
}

/** As much of an em as a statement needs. */
function emOf(client: pg.Client): Em {
  const executeQuery = ({ sql, parameters }: CompiledQuery) => client.query(sql, [...parameters]);
  return { getKysely: () => ({ executeQuery }) } as unknown as Em;
}

/** The six operations, over people and incidents sampled from all of the database. */
export async function scenarios(databaseUrl: string): Promise<{ agent: string; list: Scenario[] }> {
  const { people, incidents, agent, trigrams } = await sample(databaseUrl);
  let turn = 0;
  const person = () => people[turn++ % people.length] ?? { id: '', fragment: '' };
  const creation = () => ({
    user_id: person().id,
    category: 'account',
    title: 'The app asks for the password at each start',
    description: 'Since the last update the app forgets who I am. '.repeat(6),
  });
  // Each connection moves incidents of its own to and fro, so that no two wait for one row.
  const statuses = new Map<string, string>();
  const move = (connection: number) => {
    const share = Math.floor(incidents.length / 8);
    const id = incidents[(connection % 8) * share + (turn++ % share)] ?? '';
    const status = statuses.get(id) === 'in_progress' ? 'open' : 'in_progress';
    statuses.set(id, status);
    return { id, body: { status } };
  };
  const list: Scenario[] = [
    {
      name: 'dossier',
      product: () => ({ method: 'GET', path: `/v1/support/users/${person().id}/context` }),
      floor: () => ({ method: 'GET', path: `/dossier/${person().id}` }),
    },
    {
      name: 'create incident',
      product: () => ({ method: 'POST', path: '/v1/support/incidents', body: creation() }),
      floor: () => ({ method: 'POST', path: '/incidents', body: creation() }),
    },
    {
      name: 'transition',
      product: (connection) => {
        const { id, body } = move(connection);
        return { method: 'PATCH', path: `/v1/support/incidents/${id}`, body };
      },
      floor: (connection) => {
        const { id, body } = move(connection);
        return { method: 'PATCH', path: `/incidents/${id}`, body };
      },
    },
    {
      name: 'filtered list',
      product: () => ({ method: 'GET', path: '/v1/support/incidents?status=closed&limit=20' }),
      floor: () => ({ method: 'GET', path: '/list' }),
    },
    {
      name: 'privacy list',
      product: () => ({ method: 'GET', path: `/v1/support/privacy-requests?status=${OPEN_PRIVACY_STATUSES}&limit=20` }),
      floor: () => ({ method: 'GET', path: '/privacy' }),
    },
    {
      name: 'user search',
      product: () => ({ method: 'GET', path: `/v1/support/users?query=${encodeURIComponent(person().fragment)}` }),
      floor: () => {
        const { fragment } = person();
        const query = new URLSearchParams({ query: fragment });
        for (const trigram of trigrams.rarest(fragment)) query.append('trigram', trigram);
        return { method: 'GET', path: `/search?${query}` };
      },
    },
  ];
  return { agent, list };
}
