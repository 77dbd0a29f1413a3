import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { JOBS_REVISION } from '../../db/jobs-schema.ts';
import { log } from '../telemetry/logger.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { startJobs } from './runner.ts';

let desk: TestDesk;
let jobs: TestJobs;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const statusOf = async (id: string) => (await desk.callerAs('ops').privacy.get({ id })).status;
const NEWER = '20990101000000_of_a_newer_build';
const newerBuildMigrates = () =>
  desk.sql('insert into schema_migration (name, executed_at) values ($1, now())', [NEWER]);
const newerBuildIsGone = () => desk.sql('delete from schema_migration where name = $1', [NEWER]);

test.each([
  { what: 'a migration', begin: newerBuildMigrates, end: newerBuildIsGone, named: NEWER },
  {
    what: 'a revision of the queue',
    begin: () => desk.sql('insert into graphile_worker.migrations (id) values ($1)', [JOBS_REVISION + 1]),
    end: () => desk.sql('delete from graphile_worker.migrations where id = $1', [JOBS_REVISION + 1]),
    named: `graphile_worker ${JOBS_REVISION + 1}`,
  },
])('takes no jobs while $what is there that it does not have, says so once, and goes on after', async (newer) => {
  const warn = vi.spyOn(log, 'warn');
  await newer.begin();
  const id = await approvedRequest(desk, await liveCustomer(desk, { incidents: 1 }), 'erasure');
  const running = startJobs(desk.desk, desk.url);
  try {
    await sleep(2_500);
    expect(await statusOf(id)).toBe('approved');
    expect(warn.mock.calls).toEqual([[{ unknown: [newer.named] }, expect.stringContaining('newer')]]);
    expect((await desk.fetch('/readyz')).status).toBe(200);
    await newer.end();
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('completed'), { timeout: 10_000 });
  } finally {
    await newer.end();
    await running.stop();
  }
});

test('an erasure under way when a newer build migrates is given back, and erases nothing', async () => {
  const person = await liveCustomer(desk, { incidents: 1 });
  const id = await approvedRequest(desk, person, 'erasure');
  let migrated: Promise<unknown> | undefined;
  await jobs.runDue((mark) => {
    if (mark === 'erasing') migrated = newerBuildMigrates();
  });
  await migrated;
  expect(await statusOf(id)).toBe('processing');
  expect(await desk.sql('select email from app_user where id = $1', [person.id])).toEqual([{ email: person.email }]);
  await newerBuildIsGone();
  await desk.sql("update graphile_worker._private_jobs set run_at = now() where key = 'privacy_request:' || $1", [id]);
  await jobs.runDue();
  expect(await statusOf(id)).toBe('completed');
});
