import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { poolOf } from './database.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

/** What a request may take that waits for the database; the rest is for a machine that is busy. */
const PATIENCE_MS = 5_000 + 500;

let desk: TestDesk;
/** Of somebody who signed in before the fault. */
let token: string;
let other: pg.Client;
let incident: string;
beforeAll(async () => {
  desk = await openTestDesk();
  token = await desk.tokenOf('support');
  ({ id: incident } = await desk.callerAs('support').incidents.create(anIncident()));
  other = new pg.Client({ connectionString: desk.url });
  await other.connect();
});
afterEach(async () => {
  await other.query('rollback');
});
afterAll(async () => {
  await other.end();
  await desk.close();
});

const anIncident = () =>
  ({ user_id: desk.people.user.id, category: 'account', title: 'Open', description: 'Text' }) as const;

type Answer = { status: number; code?: string; retryAfter: string | null; ms: number; body: Record<string, unknown> };

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const started = performance.now();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await desk.fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const parsed = (await answer.json()) as Answer['body'] & { error?: { code: string } };
  const retryAfter = answer.headers.get('retry-after');
  const code = parsed.error?.code;
  return { status: answer.status, retryAfter, ms: performance.now() - started, body: parsed, ...(code && { code }) };
}

const patch = (title: string) => ask('PATCH', `/v1/support/incidents/${incident}`, { title });
const create = () => ask('POST', '/v1/support/incidents', anIncident());
const NOT_NOW = { status: 503, code: 'service_unavailable', retryAfter: '5' };

async function lock(what: string): Promise<void> {
  await other.query('begin');
  await other.query(what);
}

test('a change that waits for a locked row is refused in time, and does not happen later', async () => {
  await lock(`select 1 from incident where id = '${incident}' for update`);
  const answer = await patch('Late');
  expect(answer).toMatchObject(NOT_NOW);
  expect(answer.ms).toBeLessThan(PATIENCE_MS);
  await other.query('rollback');
  expect((await patch('In time')).status).toBe(200);
  const [row] = await desk.sql('select title, version from incident where id = $1', [incident]);
  expect(row).toEqual({ title: 'In time', version: 2 });
});

test('whatever waits for a locked table, for a connection or for both is refused in time; /readyz answers', async () => {
  await lock('lock table incident in access exclusive mode');
  const waiting = Array.from({ length: 8 }, () => [
    ask('GET', '/v1/support/incidents'),
    create(),
    patch('Late'),
  ]).flat();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const probe = await ask('GET', '/readyz');
  // All connections wait: no other instance has them, yet this one has nothing to serve with.
  expect(probe).toMatchObject({ status: 503, body: { missing: ['database'] } });
  expect(probe.ms).toBeLessThan(2_500);
  for (const answer of await Promise.all(waiting)) {
    expect(answer).toMatchObject(NOT_NOW);
    expect(answer.ms).toBeLessThan(PATIENCE_MS);
  }
  await other.query('rollback');
  expect((await ask('GET', '/readyz')).status).toBe(200);
  expect((await ask('GET', '/v1/support/incidents')).status).toBe(200);
  const pool = await poolOf(desk.orm);
  // What nobody waited for any more comes back by itself.
  await vi.waitFor(() => expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]), 5_000);
  const [late] = await desk.sql(`select count(*)::int as n from incident where title = 'Late'`);
  expect(late).toEqual({ n: 0 });
  const left = await other.query(
    `select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
  );
  expect(left.rows).toEqual([]);
}, 30_000);

test('a statement that runs too long is called off by PostgreSQL as well', async () => {
  await other.query(`create function slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(60); return new; end $$`);
  await other.query('create trigger slow before insert on incident for each row execute function slow()');
  try {
    const answer = await create();
    expect(answer).toMatchObject(NOT_NOW);
    expect(answer.ms).toBeLessThan(PATIENCE_MS);
    const left = await other.query(`select 1 from pg_stat_activity where wait_event = 'PgSleep'
      and datname = current_database()`);
    expect(left.rows).toEqual([]);
  } finally {
    await other.query('drop function slow cascade');
  }
});

test('a read-only database refuses changes as unavailable, reads go on, and /readyz names it', async () => {
  const { rows } = await other.query<{ name: string }>('select current_database() as name');
  const name = rows[0]?.name ?? '';
  await other.query(`alter database ${name} set default_transaction_read_only = on`);
  const endOthers = () =>
    other.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  try {
    await endOthers();
    await ask('GET', '/readyz');
    expect(await create()).toMatchObject(NOT_NOW);
    expect(await ask('GET', `/v1/support/users/${desk.people.user.id}/context`)).toMatchObject(NOT_NOW);
    expect((await ask('GET', '/v1/support/incidents')).status).toBe(200);
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 503, body: { missing: ['database_writable'] } });
  } finally {
    await other.query(`alter database ${name} reset default_transaction_read_only`);
    await endOthers();
  }
  await ask('GET', '/readyz');
  expect((await create()).status).toBe(201);
  expect((await ask('GET', '/readyz')).status).toBe(200);
});

test('a full disk refuses changes as unavailable, and /readyz names it until one succeeds', async () => {
  await other.query(`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`);
  await other.query('create trigger full_disk before insert on incident for each row execute function full_disk()');
  try {
    expect(await create()).toMatchObject(NOT_NOW);
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 503, body: { missing: ['database_writable'] } });
  } finally {
    await other.query('drop function full_disk cascade');
  }
  expect((await create()).status).toBe(201);
  expect((await ask('GET', '/readyz')).status).toBe(200);
});
