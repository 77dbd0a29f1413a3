import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { select } from '../../db/statement.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import type { Person } from '../testing/people.ts';
import type { JobMark } from './job.ts';
import { enqueuePrivacyRequest } from './queue.ts';

let desk: TestDesk;
let jobs: TestJobs;
let person: Person;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
beforeEach(async () => {
  person = await liveCustomer(desk, { incidents: 1 });
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const detail = (id: string) => desk.callerAs('ops').privacy.get({ id });
const jobsOf = (id: string) =>
  desk.sql<{ locked: boolean }>(
    "select locked_at is not null as locked from graphile_worker.jobs where key in ('privacy_request:' || $1, 'privacy_archive_expire:' || $1)",
    [id],
  );

/** Has the last attempt at a request fail at `mark`, and waits until the queue has noted it. */
async function failLastAttempt(id: string, mark: JobMark): Promise<void> {
  await desk.sql("update graphile_worker._private_jobs set max_attempts = 1 where key = 'privacy_request:' || $1", [
    id,
  ]);
  await jobs.runDue((at) => {
    if (at === mark) throw new Error('broken by the test');
  });
  await vi.waitFor(async () => expect(await jobsOf(id)).toEqual([{ locked: false }]));
}

async function expectGivenUp(id: string): Promise<void> {
  expect(await detail(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('our side') });
  expect(await jobsOf(id)).toEqual([]);
  await desk.callerAs('ops').privacy.retry({ id });
  await jobs.recover();
  await jobs.runDue();
  expect(await detail(id)).toMatchObject({ status: 'completed', reason: null });
}

test('a request whose last attempt failed before it could be read is given up, and can be tried again', async () => {
  const id = await approvedRequest(desk, person, 'erasure');
  await failLastAttempt(id, 'locked');
  expect(await detail(id)).toMatchObject({ status: 'approved' });
  await jobs.recover();
  await expectGivenUp(id);
  const { history } = await detail(id);
  expect(history.map(({ action }) => action.replace('privacy_request_', ''))).toEqual([
    ...['create', 'verify_identity', 'approve', 'process', 'fail', 'retry', 'complete'],
  ]);
});

test('a request whose failure could not be noted is given up, holds no other up, and can be tried again', async () => {
  const id = await approvedRequest(desk, person, 'access');
  await desk.sql(
    `create function refuse_failure() returns trigger language plpgsql as
     $$ begin if new.status = 'failed' and new.id = '${id}' then raise 'broken by the test' using errcode = '40001'; end if; return new; end $$`,
  );
  await desk.sql(
    'create trigger refuse_failure before update on privacy_request for each row execute function refuse_failure()',
  );
  await failLastAttempt(id, 'exporting');
  const other = await approvedRequest(desk, person, 'erasure');
  await failLastAttempt(other, 'locked');
  await expect(jobs.recover()).rejects.toThrow('broken by the test');
  expect(await detail(id)).toMatchObject({ status: 'processing' });
  expect(await detail(other)).toMatchObject({ status: 'failed' });
  await desk.sql('drop function refuse_failure cascade');
  await jobs.recover();
  await expectGivenUp(id);
});

test('a request that is tried again meanwhile is not given up', async () => {
  const id = await approvedRequest(desk, person, 'access');
  await failLastAttempt(id, 'exporting');
  let recovered: Promise<void> | undefined;
  await desk.orm.em.fork().transactional(async (em) => {
    await select(em, "update privacy_request set status = 'processing' where id = $1", [id]);
    recovered = jobs.recover();
    await sleep(300);
    await enqueuePrivacyRequest(em, id);
  });
  await recovered;
  expect(await detail(id)).toMatchObject({ status: 'processing' });
  await jobs.runDue();
  expect(await detail(id)).toMatchObject({ status: 'completed' });
});

test.each(['approved', 'processing'] as const)('a request %s that has no job gets one, once', async (status) => {
  const [access, erasure] = [
    await approvedRequest(desk, person, 'access'),
    await approvedRequest(desk, person, 'erasure'),
  ];
  const others = await desk.sql('select id from graphile_worker._private_jobs where not key = any($1)', [
    [access, erasure].map((id) => `privacy_request:${id}`),
  ]);
  await desk.sql('delete from graphile_worker._private_jobs where not id = any($1)', [others.map(({ id }) => id)]);
  await desk.sql('update privacy_request set status = $2 where id = any($1)', [[access, erasure], status]);
  await Promise.all([jobs.recover(), jobs.recover()]);
  await jobs.recover();
  for (const id of [access, erasure]) expect(await jobsOf(id)).toEqual([{ locked: false }]);
  await jobs.runDue();
  expect(await detail(access)).toMatchObject({ status: 'completed' });
  expect(await detail(erasure)).toMatchObject({ status: 'completed' });
});
