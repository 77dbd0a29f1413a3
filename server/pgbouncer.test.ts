import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeOrm, openOrm, poolOf } from './database.ts';
import { toAppError } from './failure.ts';
import { startJobs } from './jobs/runner.ts';
import { approvedRequest } from './testing/approved-request.ts';
import { liveCustomer } from './testing/customer.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { type Pgbouncer, startPgbouncer } from './testing/pgbouncer.ts';
import { startPostgresServer } from './testing/postgres-server.ts';
import { createCaller } from './trpc/router.ts';

const POOL = 4;

let desk: TestDesk;
let pooler: Pgbouncer;
let orm: MikroORM;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  // What was committed must outlive the kill.
  const server = await startPostgresServer({ settings: { synchronous_commit: 'on' } });
  opened.defer(server.stop);
  desk = await openTestDesk({ server: server.url });
  opened.defer(desk.close);
  pooler = await startPgbouncer(desk.url);
  opened.defer(pooler.stop);
  orm = await openOrm(pooler.url, POOL);
  opened.defer(() => closeOrm(orm));
}, 90_000);
afterAll(() => opened.disposeAsync());

/** Opens an incident through the pooler; resolves to the code of its failure, if it fails. */
async function write(title: string): Promise<string> {
  const request = { requestId: 'request-of-a-test', address: '127.0.0.1', route: '/test', actor: desk.people.support };
  const caller = createCaller({ desk: { ...desk.desk, orm }, request });
  const incident = { user_id: desk.people.user.id, category: 'account', title, description: 'B' } as const;
  return caller.incidents.create(incident).then(
    () => 'created',
    (error: unknown) => toAppError(error).errorCode,
  );
}

async function postmaster(): Promise<number> {
  const [row] = await desk.sql<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`);
  return Number(row?.pid);
}

/** Writes until told to stop; resolves to the outcomes by title. */
async function writing(name: string, stopping: { now: boolean }): Promise<Map<string, string>> {
  const outcomes = new Map<string, string>();
  for (let n = 0; !stopping.now; n++) {
    const title = `${name} ${n}`;
    outcomes.set(title, await write(title));
    await sleep(10);
  }
  return outcomes;
}

const KILLS = {
  'PostgreSQL -9': async () => void process.kill(await postmaster(), 'SIGKILL'),
  'PostgreSQL fast': async () => void process.kill(await postmaster(), 'SIGINT'),
  'pgbouncer -9': () => pooler.replace(),
};

test.each(
  Object.keys(KILLS) as (keyof typeof KILLS)[],
)('behind pgbouncer, %s under writes: the pool is full again and nothing acknowledged is lost', async (kill) => {
  for (let round = 0; round < 3; round++) {
    const stopping = { now: false };
    const writers = [1, 2, 3, 4, 5, 6].map((writer) => writing(`${kill} ${round} ${writer}`, stopping));
    await sleep(150);
    await KILLS[kill]();
    await vi.waitFor(async () => expect(await write('again')).toBe('created'), { timeout: 60_000, interval: 100 });
    stopping.now = true;
    const outcomes = new Map((await Promise.all(writers)).flatMap((map) => [...map]));
    const created = [...outcomes].filter(([, outcome]) => outcome === 'created').map(([title]) => title);
    const others = new Set([...outcomes.values()].filter((outcome) => outcome !== 'created'));
    expect([...others].filter((outcome) => outcome !== 'service_unavailable')).toEqual([]);
    const kept = await vi.waitFor(
      () => desk.sql<{ title: string }>('select title from incident where title = any($1::text[])', [created]),
      { timeout: 10_000 },
    );
    expect(kept.map(({ title }) => title).sort()).toEqual(created.sort());
  }
  // As many at once as the pool has connections, each of them whole.
  await vi.waitFor(
    async () => {
      const all = await Promise.all(Array.from({ length: POOL * 2 }, () => write('all at once')));
      expect(new Set(all)).toEqual(new Set(['created']));
      const { totalCount, idleCount, waitingCount } = await poolOf(orm);
      expect({ totalCount, idleCount, waitingCount }).toEqual({ totalCount: POOL, idleCount: POOL, waitingCount: 0 });
    },
    { timeout: 30_000, interval: 200 },
  );
}, 180_000);

test('behind pgbouncer, a job goes on after PostgreSQL and the pooler were killed', async () => {
  const jobs = startJobs({ ...desk.desk, orm }, pooler.url);
  try {
    const person = await liveCustomer(desk);
    const id = await approvedRequest(desk, person, 'access');
    process.kill(await postmaster(), 'SIGKILL');
    await pooler.replace();
    await vi.waitFor(
      async () => {
        const [request] = await desk.sql('select status from privacy_request where id = $1', [id]);
        expect(request).toEqual({ status: 'completed' });
      },
      { timeout: 60_000, interval: 300 },
    );
    const acts = await desk.sql<{ action: string }>(
      `select action from audit_event where target_id = $1 and actor_role = 'system' and status = 'success'
       order by created_at, id`,
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual(['privacy_request_process', 'privacy_request_complete']);
  } finally {
    await jobs.stop();
  }
}, 120_000);
