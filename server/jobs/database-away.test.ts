import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { type PostgresServer, startPostgresServer } from '../testing/postgres-server.ts';

const WORKER = join(import.meta.dirname, 'working.fixture.ts');

let server: PostgresServer;
let desk: TestDesk;
beforeAll(async () => {
  // What was committed must outlive the kill.
  server = await startPostgresServer({ settings: { synchronous_commit: 'on' } });
  desk = await openTestDesk({ server: server.url });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await server.stop();
});

async function postmaster(): Promise<number> {
  const [row] = await desk.sql<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`);
  return Number(row?.pid);
}

async function endOf(worker: ChildProcess): Promise<void> {
  if (worker.exitCode === null && worker.signalCode === null) {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
}

test.each([
  ['access', 'locked'],
  ['access', 'exporting'],
  ['access', 'exported'],
  ['access', 'done'],
  ['erasure', 'erasing'],
  ['erasure', 'done'],
] as const)(
  'PostgreSQL killed during %s at "%s": the worker lives, and the job is done once',
  async (kind, mark) => {
    const person = await liveCustomer(desk);
    const id = await approvedRequest(desk, person, kind);
    const pid = await postmaster();
    const worker = spawn(process.execPath, [WORKER, desk.url, mark], { stdio: ['pipe', 'pipe', 'pipe'] });
    const complaint = text(worker.stderr);
    try {
      await once(worker.stdout, 'data');
      process.kill(pid, 'SIGKILL');
      worker.stdin.write('\n');
      await vi.waitFor(
        async () => {
          if (worker.exitCode !== null) return;
          const [request] = await desk.sql('select status from privacy_request where id = $1', [id]);
          expect(request).toEqual({ status: 'completed' });
          const left = await desk.sql(`select 1 from graphile_worker.jobs where key = 'privacy_request:' || $1`, [id]);
          expect(left).toEqual([]);
        },
        { timeout: 60_000, interval: 500 },
      );
      expect(worker.exitCode, worker.exitCode === null ? '' : await complaint).toBe(null);
    } finally {
      await endOf(worker);
    }
    const acts = await desk.sql<{ action: string }>(
      `select action from audit_event where target_id = $1 and actor_role = 'system' and status = 'success'
     order by created_at, id`,
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual(['privacy_request_process', 'privacy_request_complete']);
    const [kept] = await desk.sql('select count(*)::int as archives from privacy_archive where request_id = $1', [id]);
    expect(kept).toEqual({ archives: kind === 'access' ? 1 : 0 });
  },
  90_000,
);
