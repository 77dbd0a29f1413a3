import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { isRunning, processIdentity } from './process-lock.ts';

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-embedded-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  // Whatever the test left running is adopted here, and stopped.
  if (existsSync(join(dataDir, 'postgres'))) await (await startEmbeddedPostgres(dataDir)).stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts the embedded PostgreSQL in a process of its own, which then waits to be killed. */
function startInProcess(): ChildProcess {
  const module = pathToFileURL(join(import.meta.dirname, 'embedded-postgres.ts')).href;
  const program = `
    import { startEmbeddedPostgres } from '${module}';
    const { url, adopted } = await startEmbeddedPostgres('${dataDir}');
    console.log(JSON.stringify({ url, adopted }));
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function started(child: ChildProcess): Promise<{ url: string; adopted: boolean }> {
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return JSON.parse(line.toString());
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid');
const postmaster = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('keeps data and password over a stop, and knows the letters of every script', async () => {
  const first = await startEmbeddedPostgres(dataDir);
  await query(first.url, 'create extension pg_trgm; create table kept as select 1 as value');
  const [trigrams] = await query<{ chinese: string[]; arabic: string[]; french: string[] }>(
    first.url,
    `select show_trgm('李伟') as chinese, show_trgm('محمد') as arabic, show_trgm('École') as french`,
  );
  expect(trigrams?.chinese).toHaveLength(3);
  expect(trigrams?.arabic).toHaveLength(5);
  expect(trigrams?.french).toHaveLength(6);
  await first.stop();
  await first.stop();
  expect(existsSync(pidFile())).toBe(false);
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);

  const again = await startEmbeddedPostgres(dataDir);
  expect(again.adopted).toBe(false);
  expect(await query(again.url, 'select value from kept')).toEqual([{ value: 1 }]);
  await again.stop();
});

test('adopts the server that a killed process left running', async () => {
  const child = startInProcess();
  const { url, adopted } = await started(child);
  expect(adopted).toBe(false);
  await query(url, 'create table kept as select 1 as value');
  await kill(child);

  const again = await startEmbeddedPostgres(dataDir);
  expect(again).toMatchObject({ url, adopted: true });
  expect(await query(again.url, 'select value from kept')).toEqual([{ value: 1 }]);
  await again.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('recovers what was committed when process and server are killed together', async () => {
  const child = startInProcess();
  const { url } = await started(child);
  await query(url, 'create table kept as select 1 as value');
  const server = processIdentity(postmaster()) ?? '';
  const killed = kill(child);
  process.kill(postmaster(), 'SIGKILL');
  await killed;
  // A killed process still runs for a moment, in which it would be adopted and started again later.
  await vi.waitFor(() => expect(isRunning(server)).toBe(false), { timeout: 10_000, interval: 10 });

  const again = await startEmbeddedPostgres(dataDir);
  expect(again.adopted).toBe(false);
  expect(await query(again.url, 'select value from kept')).toEqual([{ value: 1 }]);
  await again.stop();
});

test('starts a killed server again, on the same address, with a busy session of the old one still there', async () => {
  const onRestart = vi.fn();
  const server = await startEmbeddedPostgres(dataDir, { onRestart });
  await query(server.url, 'create table kept as select 1 as value');
  const busy = query(server.url, `select sum(sqrt(n)) from generate_series(1, 1e9) as n`);
  busy.catch(() => {});
  const killed = postmaster();
  process.kill(killed, 'SIGKILL');

  await vi.waitFor(() => expect(onRestart).toHaveBeenCalledExactlyOnceWith(), { timeout: 15_000, interval: 50 });
  expect(await query(server.url, 'select value from kept')).toEqual([{ value: 1 }]);
  expect(postmaster()).not.toBe(killed);
  await expect(busy).rejects.toThrow();
  await server.stop();
});

test('three processes that start at once share one server, and the last to leave stops it', async () => {
  const [first, second, third] = [startInProcess(), startInProcess(), startInProcess()];
  const all = await Promise.all([first, second, third].map(started));
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  expect(all.filter(({ adopted }) => !adopted)).toHaveLength(1);

  const ours = await startEmbeddedPostgres(dataDir);
  await ours.stop();
  expect(await query(ours.url, 'select 1 as value')).toEqual([{ value: 1 }]);

  await Promise.all([first, second, third].map(kill));
  const last = await startEmbeddedPostgres(dataDir);
  expect(last).toMatchObject({ url: ours.url, adopted: true });
  await last.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('a kill while the database is being made leaves nothing in the way', async () => {
  const child = startInProcess();
  const scratch = () => readdirSync(dataDir).some((name) => name.startsWith('.postgres-init-'));
  await vi.waitFor(() => expect(scratch()).toBe(true), { timeout: 10_000, interval: 5 });
  await kill(child);
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

  const again = await startEmbeddedPostgres(dataDir);
  expect(await query(again.url, 'select 1 as value')).toEqual([{ value: 1 }]);
  expect(scratch()).toBe(false);
  await again.stop();
});

test('a pid file whose number another program has by now is no server', async () => {
  await (await startEmbeddedPostgres(dataDir)).stop();
  writeFileSync(
    pidFile(),
    [process.pid, join(dataDir, 'postgres'), 0, 5432, '', '127.0.0.1', '', 'ready', ''].join('\n'),
  );

  const again = await startEmbeddedPostgres(dataDir);
  expect(again.adopted).toBe(false);
  expect(await query(again.url, 'select 1 as value')).toEqual([{ value: 1 }]);
  await again.stop();
});

test('writes nothing of a refused statement into its log', async () => {
  const server = await startEmbeddedPostgres(dataDir);
  await query(
    server.url,
    `create table person (email text primary key); insert into person values ('ada@logged.example')`,
  );
  await expect(query(server.url, `insert into person values ('ada@logged.example')`)).rejects.toThrow(/person_pkey/);
  await server.stop();
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toContain('person_pkey');
  expect(log).not.toContain('ada@logged.example');
});

test('says what PostgreSQL said when it cannot start', async () => {
  await expect(startEmbeddedPostgres(dataDir, { settings: { shared_buffers: 'much' } })).rejects.toThrow(
    /did not start; the end of .*postgres\.log:.*shared_buffers/s,
  );
});
