import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir } from './data-dir.ts';
import { freePort } from './free-port.ts';
import { runAs } from './postgres-account.ts';
import {
  CLUSTER_DATABASE,
  CLUSTER_USER,
  type ClusterFiles,
  clusterFiles,
  clusterPassword,
  embeddedPrograms,
  initialiseCluster,
  type PostgresPrograms,
  spawnPostgres,
} from './postgres-cluster.ts';
import { childrenOf, isRunning, processIdentity, withProcessLock } from './process-lock.ts';

const SETTINGS = {
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failed statement, and the detail of its failure, may hold what people wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};
// Recovery after a crash replays up to a few GB of log before the server is ready.
const START_TIMEOUT_MS = 120_000;
const START_ATTEMPTS = 5;
const WATCH_INTERVAL_MS = 500;
/** How long a stop may take, in ms; what of it is kept for a stop at once; and of that, for an end by force. */
const STOP_MS = 6_500;
const STOP_AT_ONCE_MS = 1_500;
const FORCE_MS = 500;

export interface EmbeddedPostgres {
  url: string;
  /** Whether a server that was already running (left by a killed process, or shared with a live one) was taken over. */
  adopted: boolean;
  /**
   * Stops the server within `ms` (6.5 s), unless another live process uses it too. Safe to call twice.
   * @throws when it had to be killed, as it did not follow; the next start recovers
   */
  stop(ms?: number): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Server settings over the defaults, such as `{ fsync: 'off' }` for a throw-away database. */
  settings?: Record<string, string>;
  /** Programs to run instead of the embedded ones. Started by root, they are run, and must be reachable, as postgres. */
  programs?: PostgresPrograms;
  /** Calls the start off: it rejects, and leaves no server behind that nobody else uses. */
  signal?: AbortSignal;
  /** Told when the server died and was started again, or could not be. */
  onRestart?: (error?: unknown) => void;
}

/**
 * Starts the PostgreSQL kept in `<dataDir>/postgres`, made on first use, and keeps it running until `stop`.
 * Recovers from a kill of this process (the running server is adopted) and of the server (started again, same port).
 * Throws one clear error when the folder cannot be used or the server does not start.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  makeDataDir(dataDir);
  const files = clusterFiles(realpathSync(resolve(dataDir)));
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, ...(options.signal ? [options.signal] : [])]);
  const start = (port?: number) =>
    withProcessLock(files.lock, START_TIMEOUT_MS, () => startOrAdopt(files, { ...options, signal }, port));
  const stop = (ms: number) => withProcessLock(files.lock, START_TIMEOUT_MS, () => stopUnlessShared(files, ms));

  const first = await start().catch(async (error: unknown) => {
    if (signal.aborted) await stop(STOP_AT_ONCE_MS);
    throw error;
  });
  let { pid } = first;
  const { port } = first;
  let stopped = false;
  let restarting: Promise<void> | undefined;

  const restart = async () => {
    try {
      pid = (await start(port)).pid;
      options.onRestart?.();
    } catch (error) {
      if (!signal.aborted) options.onRestart?.(error);
    }
  };
  const watch = setInterval(() => {
    if (stopped || restarting !== undefined || isPostmaster(pid, files.database)) return;
    restarting = restart().finally(() => {
      restarting = undefined;
    });
  }, WATCH_INTERVAL_MS);
  watch.unref();

  return {
    url: `postgres://${CLUSTER_USER}:${first.password}@127.0.0.1:${port}/${CLUSTER_DATABASE}`,
    adopted: first.adopted,
    async stop(ms = STOP_MS) {
      if (stopped) return;
      stopped = true;
      clearInterval(watch);
      stopping.abort();
      await restarting;
      await stop(ms);
    },
  };
}

interface RunningServer {
  pid: number;
  port: number;
  password: string;
  adopted: boolean;
}

async function startOrAdopt(
  files: ClusterFiles,
  options: EmbeddedPostgresOptions,
  port?: number,
): Promise<RunningServer> {
  const account = runAs(files.database);
  const programs = options.programs ?? embeddedPrograms(account);
  const password = clusterPassword(files);
  initialiseCluster(files, programs, account, password);
  registerUser(files);

  // Another attempt where the port was taken meanwhile, or a session of a killed server held on to the folder.
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const running = await findPostmaster(files, options.signal);
    if (running !== undefined && (port === undefined || port === running.port)) {
      return { ...running, password, adopted: true };
    }
    if (running !== undefined) throw new Error(`PostgreSQL now runs on port ${running.port}, not ${port}`);
    const chosen = port ?? (await freePort());
    const child = spawnPostgres(files, programs.postgres, account, chosen, { ...SETTINGS, ...options.settings });
    if (child.pid === undefined) throw await once(child, 'error').then(([error]) => error);
    if (await startedBy(files, child.pid, options.signal)) {
      return { pid: child.pid, port: chosen, password, adopted: false };
    }
    await sleep(100 * attempt);
  }
  throw new Error(`PostgreSQL did not start; the end of ${files.log}:\n${tail(files.log)}`);
}

/** The server that runs on this folder and accepts connections, waited for while it starts, recovers or stops. */
async function findPostmaster(
  files: ClusterFiles,
  signal: AbortSignal | undefined,
): Promise<{ pid: number; port: number } | undefined> {
  for (let waited = 0; ; waited += 20) {
    signal?.throwIfAborted();
    const found = readPidFile(files);
    if (found !== undefined && isPostmaster(found.pid, files.database)) {
      if (await untilReady(files, found.pid, signal))
        return { pid: found.pid, port: readPidFile(files)?.port ?? found.port };
      continue;
    }
    // Sessions that outlive a killed postmaster end by themselves at their next wait; a second server must not start before.
    const left = sessionsOf(files.database);
    if (left.length === 0) break;
    if (waited > 10_000) throw new Error(`processes ${left.join(', ')} of an earlier PostgreSQL do not end`);
    if (waited > 1_000) for (const pid of left) signalProcess(pid, waited > 3_000 ? 'SIGKILL' : 'SIGQUIT');
    await sleep(20);
  }
  // PostgreSQL itself drops a pid file whose process is gone, but not one whose number a zombie or a stranger has.
  rmSync(join(files.database, 'postmaster.pid'), { force: true });
  return undefined;
}

/** The same for a server that we have just started, which is ended when the start is called off: it may not have its pid file yet. */
async function startedBy(files: ClusterFiles, pid: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return await untilReady(files, pid, signal);
  } catch (error) {
    if (signal?.aborted) {
      signalProcess(pid, 'SIGQUIT');
      for (let waited = 0; processIdentity(pid) !== null && waited < STOP_AT_ONCE_MS; waited += 10) await sleep(10);
    }
    throw error;
  }
}

/** True once the server accepts connections, false when its process is gone. */
async function untilReady(files: ClusterFiles, pid: number, signal?: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (processIdentity(pid) !== null) {
    signal?.throwIfAborted();
    const state = readPidFile(files);
    if (state?.pid === pid && state.status === 'ready') return true;
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) is not ready after ${START_TIMEOUT_MS} ms`);
    await sleep(10);
  }
  return false;
}

/** postmaster.pid by line: pid, folder, start time, port, socket folder, address, shared memory, status. */
function readPidFile(files: ClusterFiles): { pid: number; port: number; status: string } | undefined {
  try {
    const lines = readFileSync(join(files.database, 'postmaster.pid'), 'utf8').split('\n');
    return {
      pid: Number(lines[0]),
      port: Number(lines[3]),
      status: lines[7]?.trim() ?? '',
    };
  } catch {
    return undefined;
  }
}

function isPostmaster(pid: number, database: string): boolean {
  if (processIdentity(pid) === null) return false;
  if (process.platform !== 'linux') return true;
  try {
    // Everyone may read a command line; /proc/<pid>/cwd of another account is closed to root in a container.
    const [program, ...parameters] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program?.endsWith('/postgres') === true && parameters.includes(database);
  } catch {
    return false;
  }
}

/** Processes of a PostgreSQL that work in this folder, as far as the system lets us see them. */
function sessionsOf(database: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid > 0 &&
          readlinkSync(`/proc/${pid}/cwd`) === database &&
          readlinkSync(`/proc/${pid}/exe`).endsWith('/postgres')
        );
      } catch {
        return false;
      }
    });
}

// Several processes may share one server (the desk, and a command run beside it): the last one to leave stops it.
function registerUser(files: ClusterFiles): void {
  mkdirSync(files.users, { recursive: true, mode: 0o700 });
  writeFileSync(join(files.users, String(process.pid)), processIdentity(process.pid) ?? '');
}

function otherUsers(files: ClusterFiles): string[] {
  const own = String(process.pid);
  return readdirSync(files.users).filter((name) => {
    const file = join(files.users, name);
    if (name !== own && existsSync(file) && isRunning(readFileSync(file, 'utf8'))) return true;
    rmSync(file, { force: true });
    return false;
  });
}

async function stopUnlessShared(files: ClusterFiles, ms: number): Promise<void> {
  if (otherUsers(files).length > 0) return;
  const running = readPidFile(files);
  if (running === undefined || !isPostmaster(running.pid, files.database)) return;
  const ended = (by: number) => endsBy(begun + by, () => isPostmaster(running.pid, files.database));
  const begun = performance.now();
  // SIGINT ends sessions and stops cleanly; SIGQUIT stops at once, and the next start recovers, as after SIGKILL.
  signalProcess(running.pid, 'SIGINT');
  if (await ended(ms - STOP_AT_ONCE_MS)) return;
  signalProcess(running.pid, 'SIGQUIT');
  if (await ended(ms - FORCE_MS)) return;
  for (const pid of [running.pid, ...childrenOf(running.pid)]) signalProcess(pid, 'SIGKILL');
  await ended(ms);
  throw new Error(`PostgreSQL (process ${running.pid}) did not stop, and was killed`);
}

/** Whether what runs has ended at the time `end`. */
async function endsBy(end: number, runs: () => boolean): Promise<boolean> {
  while (runs()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n').trim();
}
