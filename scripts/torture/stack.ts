import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../db/embedded-postgres.ts';
import { freePort } from '../../db/free-port.ts';
import { migrate } from '../../db/migrate.ts';
import { clusterFiles } from '../../db/postgres-cluster.ts';
import { processIdentity } from '../../db/process-lock.ts';
import { SERVER_COMMAND } from '../../server/command.ts';
import { startRedisServer } from '../../server/testing/redis-server.ts';
import { environment, ROOT } from '../programs.ts';
import { answers } from './database.ts';
import { childrenOf } from './processes.ts';

export const POOL = 8;
/** How long PostgreSQL and the desk may take until they serve again. */
const HEALED_MS = 60_000;

const LIMIT = { points: 1_000_000_000, duration: 60 };
// In force, and counted in Redis, but out of reach.
const RATE_LIMITS = JSON.stringify({ global: LIMIT, role: LIMIT, user: LIMIT, login: LIMIT, incident_write: LIMIT });
const SECRET = 'a secret of the torture, used nowhere else';

// What PostgreSQL handed to the kernel outlives every kill of a process.
const SETTINGS = { fsync: 'off', max_connections: '60', log_temp_files: '0' };

/** What is killed: the server; everything; PostgreSQL by SIGKILL, by an immediate shutdown, by a fast one. */
export const KILLS = ['server', 'everything', 'postgres -9', 'postgres immediate', 'postgres fast'] as const;
export type Kill = (typeof KILLS)[number];

const POSTGRES_SIGNALS = {
  'postgres -9': 'SIGKILL',
  'postgres immediate': 'SIGQUIT',
  'postgres fast': 'SIGINT',
} as const;

/** The desk as built, on a PostgreSQL and a Redis of its own, in a folder that goes away with it. */
export async function startStack() {
  await using started = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'guichet-torture-'));
  // When this runs as root, PostgreSQL runs as another account, which has to reach its folder in here.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'database');
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { mode: 0o700 });
  const postgres = await startEmbeddedPostgres(dataDir, { settings: SETTINGS });
  started.defer(postgres.stop);
  await migrate(postgres.url);
  let redis = await startRedisServer();
  started.defer(() => redis.stop());
  const port = await freePort();
  const log = openSync(join(folder, 'desk.log'), 'a');
  started.defer(() => closeSync(log));

  let desk: ChildProcess | undefined;
  /** Whether the end of the desk is what was asked for. */
  let killed = true;
  let died = 0;
  const base = `http://127.0.0.1:${port}`;

  const spawnDesk = () => {
    killed = false;
    const child = spawn(process.execPath, SERVER_COMMAND, {
      cwd: ROOT,
      stdio: ['ignore', log, log],
      env: environment({
        NODE_ENV: 'production',
        PORT: String(port),
        METRICS_PORT: '0',
        DATABASE_URL: postgres.url,
        DATABASE_POOL_MAX: String(POOL),
        REDIS_URL: redis.url,
        SESSION_SECRET: SECRET,
        JWT_SECRET: SECRET,
        RATE_LIMITS,
        DATA_DIR: scratch,
        TMPDIR: scratch,
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      }),
    });
    child.once('exit', () => {
      if (!killed) died++;
    });
    desk = child;
  };
  const killDesk = async () => {
    killed = true;
    if (!desk || desk.exitCode !== null || desk.signalCode !== null) return;
    const ended = once(desk, 'exit');
    desk.kill('SIGKILL');
    await ended;
  };
  const postmaster = () => postmasterOf(dataDir) ?? 0;
  const isReady = async () => (await fetch(`${base}/readyz`).catch(() => null))?.status === 200;
  const isUp = () => desk !== undefined && desk.exitCode === null && desk.signalCode === null;
  /** False where the desk does not serve again in time; one that died by itself is started anew, as a supervisor does. */
  const untilReady = async () => {
    for (const deadline = performance.now() + HEALED_MS; performance.now() < deadline; await sleep(25)) {
      if (!isUp()) spawnDesk();
      if (await isReady()) return true;
    }
    return false;
  };
  started.defer(killDesk);

  spawnDesk();
  if (!(await untilReady())) throw new Error(`The desk does not start; see ${folder}/desk.log`);
  const running = started.move();
  return {
    folder,
    scratch,
    base: () => base,
    databaseUrl: postgres.url,
    /** How often the desk ended unasked. */
    died: () => died,
    untilReady,
    /** Kills; returns the processes that must be gone once all is healed. */
    async kill(what: Kill): Promise<string[]> {
      const gone: string[] = [];
      const before = postmaster();
      if (what === 'server' || what === 'everything') gone.push(...childrenOf(desk?.pid ?? 0));
      if (what !== 'server') gone.push(...childrenOf(before));
      if (what === 'everything') {
        await Promise.all([killDesk(), redis.stop(), process.kill(before, 'SIGKILL')]);
        redis = await startRedisServer(redis.port);
        // A desk that finds no PostgreSQL at its start gives up, to be started again by whatever watches over it.
        while (postmasterOf(dataDir) === before || !(await answers(postgres.url))) await sleep(25);
      } else if (what === 'server') await killDesk();
      else {
        process.kill(before, POSTGRES_SIGNALS[what]);
        while (processIdentity(before) !== null) await sleep(10);
      }
      return gone;
    },
    /** Has the desk stop in order; resolves to its exit code. */
    async stopDesk(): Promise<number | null> {
      if (!desk || !isUp()) return null;
      killed = true;
      const ended = once(desk, 'exit');
      desk.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return code;
    },
    async stop({ keep }: { keep: boolean }): Promise<void> {
      await running.disposeAsync();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Stack = Awaited<ReturnType<typeof startStack>>;

function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(clusterFiles(dataDir).database, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}
