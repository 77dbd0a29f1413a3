import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrm, poolOf } from './database.ts';
import { toAppError } from './failure.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { createCaller } from './trpc/router.ts';

const ROUNDS = 20;

let desk: TestDesk;
let orm: MikroORM;
let admin: pg.Client;
beforeAll(async () => {
  desk = await openTestDesk();
  orm = await openOrm(desk.url, 2);
  admin = new pg.Client({ connectionString: desk.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await orm.close(true);
  await desk.close();
});

/** Opens an incident by way of the pool of two; resolves to the code of its failure, if it fails. */
async function write(): Promise<string> {
  const actor = desk.people.support;
  const request = { requestId: 'request-of-a-test', address: '127.0.0.1', route: '/test', actor };
  const caller = createCaller({ desk: { ...desk.desk, orm }, request });
  const incident = { user_id: desk.people.user.id, category: 'account', title: 'A', description: 'B' } as const;
  return caller.incidents.create(incident).then(
    () => 'created',
    (error: unknown) => toAppError(error).errorCode,
  );
}

const endAll = () =>
  admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

test('however often PostgreSQL ends the connections of the pool, in use or idle, none of it is lost', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const writes = [write(), write(), write(), write()];
    await endAll();
    for (const outcome of await Promise.all(writes)) outcomes.add(outcome);
    // And once more while they lie idle, so that the next BEGIN meets a connection that is gone.
    await Promise.all([write(), write()]);
    await endAll();
  }
  expect([...outcomes].sort()).toEqual(['created', 'service_unavailable']);
  // The connections that are gone are found out one by one.
  await Promise.all([write(), write()]);
  expect(await Promise.all([write(), write()])).toEqual(['created', 'created']);
  const { totalCount, idleCount, waitingCount } = await poolOf(orm);
  expect({ totalCount, idleCount, waitingCount }).toEqual({ totalCount: 2, idleCount: 2, waitingCount: 0 });
}, 60_000);
