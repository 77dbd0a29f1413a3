import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../db/free-port.ts';
import { runAs } from '../../db/postgres-account.ts';

const STARTED_MS = 20_000;

export interface Pgbouncer {
  url: string;
  /** Ends it as by kill -9, and starts another in its place. */
  replace(): Promise<void>;
  stop(): Promise<void>;
}

/** Not on every PATH: Debian puts it where root looks. */
function program(): string {
  if (process.env.PGBOUNCER_PATH) return process.env.PGBOUNCER_PATH;
  return existsSync('/usr/sbin/pgbouncer') ? '/usr/sbin/pgbouncer' : 'pgbouncer';
}

/** A real pgbouncer before the database of `databaseUrl`, which shares its few connections transaction by transaction. */
export async function startPgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pgbouncer-'));
  chmodSync(folder, 0o755);
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users'),
    pool_mode: 'transaction',
    default_pool_size: 6,
    max_client_conn: 100,
    // How long it lets callers wait after PostgreSQL refused it, in s; 15 unless told.
    server_login_retry: 1,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]\n* = host=${target.hostname} port=${target.port}\n[pgbouncer]\n${lines.join('\n')}\n`,
  );
  writeFileSync(settings.auth_file, `"${target.username}" "${target.password}"\n`);
  const url = new URL(databaseUrl);
  url.port = String(port);

  const start = async () => {
    // As PostgreSQL does, it refuses to run as root.
    const child = spawn(program(), [file], { ...runAs(join(folder, 'data')), stdio: ['ignore', 'ignore', 'pipe'] });
    const said = text(child.stderr);
    const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
    failed.catch(() => {});
    for (const until = performance.now() + STARTED_MS; !(await answers(url.href)); await sleep(20)) {
      if (child.exitCode !== null || performance.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`pgbouncer did not start: ${await said}`);
      }
    }
    return child;
  };
  let running = await start();
  const kill = async () => {
    const ended = once(running, 'exit');
    if (running.exitCode !== null || !running.kill('SIGKILL')) return;
    await ended;
  };
  return {
    url: url.href,
    async replace() {
      await kill();
      running = await start();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
