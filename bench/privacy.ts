import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { SERVER_COMMAND } from '../server/command.ts';
import { residentMb } from './processor-time.ts';
import { PROJECT, RATE_LIMITS, type Running, run, SECRET, stop, tokenOf } from './running.ts';

/**
 * What an export and an erasure of a customer with 10,000 incidents and 100,000 audit events cost: memory of the server
 * above what it has without them, and the p99 of the requests that others make meanwhile.
 */
const CLIENTS = 4;
const PAUSE_MS = 40;

const { values } = parseArgs({
  options: {
    incidents: { type: 'string', default: '10000' },
    events: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    data: { type: 'string', default: join(PROJECT, '.data', 'bench', 'privacy') },
  },
});

type Server = Running & { url: string };

async function startServer(databaseUrl: string): Promise<Server> {
  const variables = {
    GUICHET_DEMO: '1',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: '10',
    JWT_SECRET: SECRET,
    SESSION_SECRET: SECRET,
    RATE_LIMITS,
  };
  const running = await run(SERVER_COMMAND, variables, '/readyz');
  return { ...running, url: `http://127.0.0.1:${running.port}` };
}

/** A customer with much behind them; their incidents are closed. */
async function addHeavyCustomer(database: pg.Client): Promise<string> {
  const id = randomUUID();
  await database.query(
    `insert into app_user (id, email, name, role, created_at, updated_at)
     values ($1::uuid, $1::text || '@bench.example', 'Heavy customer ' || $1::text, 'user', now(), now())`,
    [id],
  );
  await database.query(
    `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at, closed_at)
     select gen_random_uuid(), $1, 'content', 'Incident number ' || n, repeat('What happened, told at some length. ', 12),
       'closed', 'low', now() - n * interval '1 minute', now(), now() from generate_series(1, $2::int) n`,
    [id, Number(values.incidents)],
  );
  await database.query(
    `insert into audit_event
       (id, request_id, actor_role, action, target_type, target_id, subject_user_id, status, details, created_at)
     select gen_random_uuid(), gen_random_uuid()::text, 'system', 'support_dossier_read', 'user', $1::text, $1::uuid, 'success',
       '{"fields": ["status"], "from": "open", "to": "closed"}', now() - n * interval '1 second'
     from generate_series(1, $2::int) n`,
    [id, Number(values.events)],
  );
  return id;
}

type Load = { latencies: number[]; peakMb: number };

/** What others do meanwhile: dossiers, lists and searches, at a steady pace, until `until` settles. */
async function loadUntil(server: Server, token: string, users: string[], until: Promise<unknown>): Promise<Load> {
  const load: Load = { latencies: [], peakMb: 0 };
  let over = false;
  void until.finally(() => {
    over = true;
  });
  const headers = { authorization: `Bearer ${token}` };
  const client = async (turn: number) => {
    for (let n = turn; !over; n++) {
      const user = users[n % users.length];
      const paths = [
        `/v1/support/users/${user}/context`,
        '/v1/support/incidents?status=open',
        '/v1/support/users?query=mar',
      ];
      const begin = performance.now();
      const answer = await fetch(`${server.url}${paths[n % paths.length]}`, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`Answered ${answer.status}`);
      load.latencies.push(performance.now() - begin);
      await sleep(PAUSE_MS);
    }
  };
  const watch = async () => {
    while (!over) {
      load.peakMb = Math.max(load.peakMb, residentMb(server.pid));
      await sleep(20);
    }
  };
  await Promise.all([watch(), ...Array.from({ length: CLIENTS }, (_, index) => client(index))]);
  return load;
}

function p99({ latencies }: Load): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

async function post(server: Server, token: string, path: string, body: unknown): Promise<{ id: string }> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = (await answer.json()) as { data: { id: string } };
  if (!answer.ok) throw new Error(`${path} answered ${JSON.stringify(json)}`);
  return json.data;
}

async function completion(database: pg.Client, id: string): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ status: string }>('select status from privacy_request where id = $1', [id]);
    if (rows[0]?.status === 'completed') return;
    if (rows[0]?.status === 'failed') throw new Error('The request failed');
    await sleep(50);
  }
}

async function main(): Promise<void> {
  const embedded = await startEmbeddedPostgres(resolve(values.data));
  const server = await startServer(embedded.url);
  const database = new pg.Client({ connectionString: embedded.url });
  await database.connect();
  try {
    const { rows: agents } = await database.query<{ id: string }>(
      "select id from app_user where email in ('ops@demo.example', 'support@demo.example') order by email",
    );
    const { rows: customers } = await database.query<{ id: string }>(
      "select id from app_user where role = 'user' limit 200",
    );
    const users = customers.map(({ id }) => id);
    const token = (agent = 0) => tokenOf(embedded.url, agents[agent]?.id ?? '');
    await loadUntil(server, await token(), users, sleep(20_000));
    console.log(
      `A customer with ${values.incidents} incidents and ${values.events} audit events; ${CLIENTS} others at work\n`,
    );
    console.log('| | took s | server MB before | peak MB | more MB | others p99 before ms | meanwhile ms | ratio |');
    console.log('|---|---|---|---|---|---|---|---|');
    for (let round = 0; round < Number(values.rounds); round++) {
      const customer = await addHeavyCustomer(database);
      await database.query('vacuum analyze');
      for (const kind of ['access', 'erasure']) {
        const alone = await loadUntil(server, await token(), users, sleep(6_000));
        const before = residentMb(server.pid);
        const { id } = await post(server, await token(1), '/v1/support/privacy-requests', { user_id: customer, kind });
        await post(server, await token(), `/v1/support/privacy-requests/${id}/verify_identity`, { means: 'document' });
        // Nobody approves an erasure that they asked for themselves.
        await post(server, await token(), `/v1/support/privacy-requests/${id}/approve`, {});
        const begin = performance.now();
        const meanwhile = await loadUntil(server, await token(), users, completion(database, id));
        const cells = [
          ((performance.now() - begin) / 1000).toFixed(1),
          before,
          meanwhile.peakMb,
          meanwhile.peakMb - before,
          p99(alone).toFixed(1),
          p99(meanwhile).toFixed(1),
          (p99(meanwhile) / p99(alone)).toFixed(2),
        ];
        console.log(`| ${kind} | ${cells.join(' | ')} |`);
      }
    }
  } finally {
    await database.end();
    await stop(server);
    await embedded.stop();
  }
}

await main();
