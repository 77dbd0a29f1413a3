import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedRequest, makeDue } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { everyRow, linesOfDump } from '../testing/dump.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { type MachinePostgres, machinePostgres } from '../testing/machine-postgres.ts';
import { startPostgresServer } from '../testing/postgres-server.ts';

// A pg_dump reads no server newer than itself, and the embedded one brings none: this desk stands on the machine's own.
let postgres: MachinePostgres;
let desk: TestDesk;
let jobs: TestJobs;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  postgres = machinePostgres();
  const server = await startPostgresServer({ programs: postgres });
  opened.defer(server.stop);
  desk = await openTestDesk({ server: server.url });
  opened.defer(desk.close);
  jobs = openTestJobs(desk);
  opened.defer(jobs.close);
});
afterAll(() => opened.disposeAsync());

const statusOf = async (id: string) => (await desk.callerAs('ops').privacy.get({ id })).status;

/** The answer of `pg_dump | grep -c` for each trace. */
async function hitsInDump(traces: string[]): Promise<Map<string, number>> {
  const hits = new Map<string, number>();
  for (const trace of traces) hits.set(trace, await linesOfDump(postgres.pgDump, desk.url, trace));
  return hits;
}

/** Which of the traces stand in a row of a table, of generated columns too. */
async function foundInRows(traces: string[]): Promise<string[]> {
  const rows = (await everyRow(desk.url)).toLowerCase();
  return traces.filter((trace) => rows.includes(trace.toLowerCase()));
}

test('an erasure takes the old name, e-mail and texts out of what pg_dump writes and of every row', async () => {
  const person = await liveCustomer(desk);
  const suffix = person.name.split(' ').at(-1) ?? '';
  await desk.sql(
    "update incident set title = title || ' ' || $2, description = description || ' ' || $2 where user_id = $1",
    [person.id, `marsupial-${suffix}`],
  );
  const archived = await approvedRequest(desk, person, 'access');
  await jobs.runDue();
  await desk.callerAs(person).privacy.own.create({ kind: 'rectification', details: `Numbat ${suffix}` });
  const erasure = await approvedRequest(desk, person, 'erasure');
  await jobs.runDue((mark) => {
    if (mark === 'erased') throw new Error(`broken by the test, of ${person.email}`);
  });
  expect(await statusOf(erasure)).toBe('processing');

  const traces = [person.email, person.name, `marsupial-${suffix}`, `Numbat ${suffix}`, suffix];
  for (const [trace, hits] of await hitsInDump(traces)) expect(hits, trace).toBeGreaterThan(0);
  expect(await foundInRows(traces)).toEqual(traces);

  await makeDue(desk, erasure);
  await jobs.runDue();
  expect(await statusOf(erasure)).toBe('completed');
  expect(await desk.callerAs('ops').privacy.get({ id: archived })).toMatchObject({ archive: { expired: true } });
  expect(await hitsInDump(traces)).toEqual(new Map(traces.map((trace) => [trace, 0])));
  expect(await foundInRows(traces)).toEqual([]);
});

test('a pg_dump that fails is no dump without hits', async () => {
  const elsewhere = new URL(desk.url);
  elsewhere.pathname = '/no_such_database';
  await expect(linesOfDump(postgres.pgDump, elsewhere.href, 'trace')).rejects.toThrow('does not exist');
});
