import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer, TRACES } from '../testing/customer.ts';
import { createDatabase } from '../testing/database.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { everyRow } from '../testing/dump.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { type MachinePostgres, machinePostgres } from '../testing/machine-postgres.ts';
import type { Person } from '../testing/people.ts';
import { startPostgresServer } from '../testing/postgres-server.ts';
import { isIntact, type JsonObject } from './canonical-json.ts';

const run = promisify(execFile);
const COMMAND = join(import.meta.dirname, 'erasures.cli.ts');
// The key of a test desk is made of this.
const SECRET = 'a secret of tests, long enough to seal';

let postgres: MachinePostgres;
let server: string;
let desk: TestDesk;
let jobs: TestJobs;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  postgres = machinePostgres();
  const started = await startPostgresServer({ programs: postgres });
  server = started.url;
  opened.defer(started.stop);
  desk = await openTestDesk({ server });
  opened.defer(desk.close);
  jobs = openTestJobs(desk);
  opened.defer(jobs.close);
  folder = await mkdtemp(join(tmpdir(), 'guichet-restore-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
}, 60_000);
afterAll(() => opened.disposeAsync());

type Ended = { code: number; output: string };

function erasures(url: string, ...parameters: string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: url, SESSION_SECRET: SECRET, DATA_DIR: folder };
  return run(process.execPath, [COMMAND, ...parameters], { env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
  );
}

async function erase(person: Person): Promise<string> {
  const id = await approvedRequest(desk, person, 'erasure');
  await jobs.runDue();
  expect((await desk.callerAs('ops').privacy.get({ id })).status).toBe('completed');
  return id;
}

/** The steps of the README: a dump in the custom format, restored into a database that is empty. */
async function dump(): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.dump`);
  await run(join(postgres.folder, 'pg_dump'), ['--format=custom', '--no-owner', `--file=${file}`, desk.url]);
  return file;
}

async function restore(file: string): Promise<string> {
  const url = await createDatabase(server, `restored_${crypto.randomUUID().replaceAll('-', '')}`, 'template0');
  await run(join(postgres.folder, 'pg_restore'), ['--no-owner', '--exit-on-error', `--dbname=${url}`, file]);
  return url;
}

const tracesOf = (person: Person) => [person.email, person.name, person.name.split(' ').at(-1) ?? ''];

async function found(url: string, person: Person): Promise<string[]> {
  const rows = (await everyRow(url)).toLowerCase();
  return tracesOf(person).filter((trace) => rows.includes(trace.toLowerCase()));
}

test('a restored dump does not bring back who was erased since, once the list is replayed', async () => {
  const [early, asked, other] = [await liveCustomer(desk), await liveCustomer(desk), await liveCustomer(desk)];
  const list = join(folder, 'erasures.json');
  const before = await erase(early);
  const requested = await desk.callerAs(asked).privacy.own.create({ kind: 'erasure', details: TRACES.details });
  const file = await dump();
  await desk.callerAs('support').privacy.verifyIdentity({ id: requested.id, means: 'code' });
  await desk.callerAs('ops').privacy.approve({ id: requested.id });
  await jobs.runDue();
  const late = await liveCustomer(desk);
  const gone = await erase(other);
  await erase(late);
  expect(await erasures(desk.url, 'export', list)).toEqual({
    code: 0,
    output: expect.stringContaining('names 4'),
  });
  expect(await readFile(list, 'utf8')).not.toMatch(/@|Unverwechselbar/i);

  const url = await restore(file);
  for (const person of [asked, other]) expect(await found(url, person)).toEqual(tracesOf(person));
  // An export by the restored database forgets nobody.
  expect((await erasures(url, 'export', list)).output).toContain('1 people are erased in this database');
  const replayed = await erasures(url, 'replay', list);
  expect(replayed).toEqual({ code: 0, output: expect.stringContaining('4 erasures in the list, 2 of them undone') });
  for (const person of [early, asked, other, late]) expect(await found(url, person)).toEqual([]);

  const restored = await openRows(url);
  const requests = await restored<{ id: string; status: string; certificate: JsonObject; identity_means: string }>(
    `select id, status, certificate, identity_means from privacy_request where kind = 'erasure' order by id`,
  );
  expect(requests.map(({ id, status }) => [id, status])).toEqual(
    [before, requested.id, gone].sort().map((id) => [id, 'completed']),
  );
  for (const { certificate } of requests) expect(isIntact(certificate)).toBe(true);
  expect(requests.find(({ id }) => id === gone)?.identity_means).toBe('document');
  const events = await restored<{ action: string; details: JsonObject }>(
    `select action, details from audit_event where target_id = '${gone}' and actor_role = 'system' order by created_at, id`,
  );
  expect(events.map(({ action }) => action.replace('privacy_request_', ''))).toEqual([
    'create',
    'approve',
    'process',
    'complete',
  ]);
  expect(events[1]?.details).toMatchObject({ reason: 'erasure_replayed', certificate: expect.any(String) });
  expect((await erasures(url, 'replay', list)).output).toContain('0 of them undone');
}, 120_000);

test('who cannot be erased again is named, and the command fails', async () => {
  const person = await liveCustomer(desk);
  const file = await dump();
  await erase(person);
  const list = join(folder, 'blocked.json');
  await erasures(desk.url, 'export', list);
  const url = await restore(file);
  const restored = await openRows(url);
  await restored(`update incident set status = 'open', closed_at = null where user_id = '${person.id}'`);
  const blocked = await erasures(url, 'replay', list);
  expect(blocked.code).toBe(1);
  expect(blocked.output).toContain(`${person.id}: NOT erased: Incidents of the account are not finished`);
  await restored(`update incident set status = 'closed', closed_at = now() where user_id = '${person.id}'`);
  expect((await erasures(url, 'replay', list)).code).toBe(0);
  expect(await found(url, person)).toEqual([]);
}, 120_000);

test('a list that somebody else wrote, or changed, erases nobody', async () => {
  const person = await liveCustomer(desk);
  const list = join(folder, 'changed.json');
  expect((await erasures(desk.url, 'export', list)).code).toBe(0);
  const written = JSON.parse(await readFile(list, 'utf8')) as { erasures: { user_id: string }[] };
  const [first] = written.erasures;
  await writeFile(list, JSON.stringify({ ...written, erasures: [{ ...first, user_id: person.id }] }));
  for (const act of ['replay', 'export']) {
    expect(await erasures(desk.url, act, list)).toEqual({
      code: 1,
      output: expect.stringContaining('Not a list of erasures'),
    });
  }
  expect(await found(desk.url, person)).toEqual(tracesOf(person));
}, 60_000);

async function openRows(url: string) {
  const { default: pg } = await import('pg');
  return async <Row>(text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  };
}
