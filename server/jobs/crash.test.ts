import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrivacyKind } from '../privacy/privacy.rules.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import type { Person } from '../testing/people.ts';
import type { JobMark } from './job.ts';

const WORKER = join(import.meta.dirname, 'crashing-worker.fixture.ts');

let desk: TestDesk;
let jobs: TestJobs;
let person: Person;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
beforeEach(async () => {
  person = await liveCustomer(desk);
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

/** Has another process do what is due; it ends as killed, at the mark. */
function workAndDieAt(mark: JobMark): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [WORKER, desk.url, mark], { timeout: 20_000 }, (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL') resolve(stdout);
      else reject(new Error(`The worker lived on: ${stderr}`));
    });
  });
}

async function approved(kind: PrivacyKind): Promise<string> {
  const { id } = await desk.callerAs(person).privacy.own.create({ kind });
  if (kind === 'erasure')
    await desk.sql(
      `update privacy_request set identity_means = 'code',
    identity_checked_on = current_date, identity_checked_at = now() where id = $1`,
      [id],
    );
  await desk.callerAs('ops').privacy.approve({ id });
  return id;
}

/** As time passes: PostgreSQL notices that the worker is gone, its job is freed and due. */
async function freeJobs(): Promise<void> {
  await vi.waitFor(
    async () => {
      await desk.sql(
        "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_at is not null",
      );
      await jobs.recover();
      expect(await desk.sql('select 1 from graphile_worker._private_jobs where locked_at is not null')).toEqual([]);
    },
    { timeout: 10_000 },
  );
  await desk.sql("update graphile_worker._private_jobs set run_at = now() where key like 'privacy_request:%'");
}

async function afterRestart(): Promise<void> {
  await vi.waitFor(
    async () => {
      await freeJobs();
      await jobs.runDue();
      const left = await desk.sql(
        "select attempts, last_error from graphile_worker.jobs where key like 'privacy_request:%'",
      );
      expect(left).toEqual([]);
    },
    { timeout: 15_000, interval: 500 },
  );
}

async function outcomeOf(id: string) {
  const request = await desk.callerAs('ops').privacy.get({ id });
  const [left] = await desk.sql<{ jobs: number; archives: number; expiries: number }>(
    `select (select count(*)::int from graphile_worker.jobs where key = 'privacy_request:' || $1) as jobs,
       (select count(*)::int from privacy_archive where request_id = $1::uuid) as archives,
       (select count(*)::int from graphile_worker.jobs where key = 'privacy_archive_expire:' || $1) as expiries`,
    [id],
  );
  return {
    status: request.status,
    progress: request.progress,
    acts: request.history
      .filter((event) => event.status === 'success')
      .map((event) => event.action.replace('privacy_request_', '')),
    ...left,
  };
}

const ONCE = { status: 'completed', progress: null, acts: ['create', 'approve', 'process', 'complete'], jobs: 0 };

describe('a worker killed during an export', () => {
  test.each([
    'locked',
    'processing',
    'exporting',
    'exported',
    'kept',
    'done',
  ] as const)('at "%s" leaves one archive, once', async (mark) => {
    const id = await approved('access');
    expect(await workAndDieAt(mark)).toContain(`died at ${mark}`);
    await afterRestart();
    expect(await outcomeOf(id)).toEqual({ ...ONCE, archives: 1, expiries: 1 });
    const answer = await desk.fetch(`/v1/privacy/requests/${id}/archive`, {}, person);
    expect((await answer.arrayBuffer()).byteLength).toBe(Number(answer.headers.get('content-length')));
  });
});

describe('a worker killed during an erasure', () => {
  test.each([
    'locked',
    'processing',
    'erasing',
    'erased',
    'verified',
    'done',
  ] as const)('at "%s" leaves nothing of the person, once', async (mark) => {
    const id = await approved('erasure');
    await workAndDieAt(mark);
    const [between] = await desk.sql('select email is null as erased from app_user where id = $1', [person.id]);
    expect(between?.erased).toBe(mark === 'done');
    await afterRestart();
    expect(await outcomeOf(id)).toEqual({ ...ONCE, archives: 0, expiries: 0 });
    const [user] = await desk.sql('select name, email from app_user where id = $1', [person.id]);
    expect(user).toEqual({ name: 'Erased', email: null });
  });
});

test('a job that kills its worker each time is given up, and says so', async () => {
  const id = await approved('access');
  await desk.sql("update graphile_worker._private_jobs set max_attempts = 2 where key = 'privacy_request:' || $1", [
    id,
  ]);
  for (let attempt = 0; attempt < 2; attempt++) {
    await workAndDieAt('exporting');
    await freeJobs();
  }
  expect(await desk.callerAs('ops').privacy.get({ id })).toMatchObject({
    status: 'failed',
    reason: expect.any(String),
  });
  await desk.callerAs('ops').privacy.retry({ id });
  await jobs.runDue();
  expect((await outcomeOf(id)).status).toBe('completed');
});

test('a job under way is not taken for one of a dead worker', async () => {
  const id = await approved('access');
  let recovered: Promise<void> | undefined;
  await jobs.runDue((mark) => {
    if (mark !== 'exporting') return;
    recovered = desk
      .sql("update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'")
      .then(() => jobs.recover());
  });
  await recovered;
  // graphile-worker does not wait for its note that a job is done.
  await vi.waitFor(async () => expect(await outcomeOf(id)).toMatchObject(ONCE));
});
