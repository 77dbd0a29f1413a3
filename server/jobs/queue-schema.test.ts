import { afterAll, beforeAll, expect, test } from 'vitest';
import { JOBS_REVISION } from '../../db/jobs-schema.ts';
import { migrate } from '../../db/migrate.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';

let desk: TestDesk;
let jobs: TestJobs;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const revisions = async () => {
  const rows = await desk.sql<{ id: number }>('select id from graphile_worker.migrations order by id');
  return rows.map(({ id }) => id);
};

test('a round of the background work migrates nothing, a start does', async () => {
  await desk.sql('delete from graphile_worker.migrations where id = $1', [JOBS_REVISION]);
  await jobs.runDue();
  expect(await revisions()).not.toContain(JOBS_REVISION);
  await migrate(desk.url);
  expect(await revisions()).toContain(JOBS_REVISION);
});

test('a round without the tables of the queue fails and makes none; a start makes them', async () => {
  await desk.sql('drop schema graphile_worker cascade');
  await expect(jobs.runDue()).rejects.toThrow('a start makes them');
  expect(await desk.sql(`select 1 from pg_namespace where nspname = 'graphile_worker'`)).toEqual([]);
  await migrate(desk.url);
  await jobs.runDue();
  expect(await revisions()).toContain(JOBS_REVISION);
});
