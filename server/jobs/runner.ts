import { setTimeout as sleep } from 'node:timers/promises';
import { type JobHelpers, Logger, runOnce, type TaskList } from 'graphile-worker';
import { v7 as uuidv7 } from 'uuid';
import { runInRequest } from '../request-context.ts';
import { errorFacts } from '../telemetry/error-facts.ts';
import { log, logError } from '../telemetry/logger.ts';
import { withSpan } from '../telemetry/tracing.ts';
import { alone } from './guard.ts';
import { type Attempt, JobBusy, type JobDesk, JobInterrupted, type JobMark } from './job.ts';
import { JOBS, type Job, jobKey } from './jobs.rules.ts';
import { holdOnNewerSchema } from './newer-schema-hold.ts';
import { openJobPool } from './pool.ts';
import { reenqueue } from './queue.ts';
import { recoverJobs } from './recovery.ts';
import { TASKS } from './tasks.ts';

const POLL_MS = 1_000;
/** How long a stop waits for the work in hand, in ms; what is cut off begins anew at the next start. */
const PATIENCE_MS = 2_500;

/** How long its connections may take to close, in ms. */
const CLOSING_MS = 500;

/** When to look again at a job that another worker is doing, in ms. */
const BUSY_MS = 30_000;

/** When a job given back by a desk that stops is due; long enough for it not to fetch the job again. */
const INTERRUPTED_MS = 2_000;

/** `stop` may be called again, to wait for its end. */
export type Jobs = { stop(): Promise<void> };

/**
 * Does the background work until stopped. It polls instead of listening, so that it works through a pooler that shares
 * server connections, and runs one job at a time, so that requests feel little of it.
 */
export function startJobs(
  desk: Pick<JobDesk, 'orm' | 'actors' | 'calendar' | 'sealKey'>,
  databaseUrl: string,
  at?: (mark: JobMark) => void,
): Jobs {
  const stopping = new AbortController();
  const pool = openJobPool(databaseUrl);
  const jobDesk = {
    orm: desk.orm,
    actors: desk.actors,
    calendar: desk.calendar,
    sealKey: desk.sealKey,
    pool,
    databaseUrl,
  };
  const worked = work(jobDesk, stopping.signal, at);
  const stop = async () => {
    stopping.abort();
    await within(PATIENCE_MS, worked);
    await within(CLOSING_MS, pool.end());
  };
  let stopped: Promise<void> | undefined;
  return { stop: () => (stopped ??= stop()) };
}

/** Waits for `work`, for `ms` at most; what is not done by then goes on alone. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  // A timer that holds the process: the stop has more steps to go.
  await Promise.race([work.finally(() => done.abort()), sleep(ms, undefined, { signal: done.signal }).catch(() => {})]);
}

async function work(desk: JobDesk, signal: AbortSignal, at?: (mark: JobMark) => void): Promise<void> {
  let healthy = true;
  const runJobs = jobRunner(desk, signal, at);
  const isHeld = holdOnNewerSchema(desk.pool);
  const round = async () => {
    if (await isHeld()) return;
    const failed = [await failureOf(() => recoverJobs(desk)), await failureOf(runJobs)].find(Boolean);
    if (failed) throw failed.error;
  };
  while (!signal.aborted) {
    const failed = await failureOf(round);
    if (failed && healthy && !signal.aborted) logError(failed.error, 'The background work is interrupted');
    healthy = !failed;
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

async function failureOf(step: () => Promise<void>): Promise<{ error: unknown } | null> {
  return step().then(
    () => null,
    (error: unknown) => ({ error }),
  );
}

/** graphile-worker would look at each run for migrations of its own, outside of the lock that migrating instances hold. */
const migratedAtStart: GraphileConfig.Plugin = {
  name: 'guichet-migrated-at-start',
  version: '0.0.0',
  worker: {
    middleware: {
      bootstrap() {
        throw new Error('The tables of the background work are missing: a start makes them');
      },
      migrate() {},
    },
  },
};

/** Runs what is due, each job once. */
export function jobRunner(
  desk: JobDesk,
  signal: AbortSignal,
  at: (mark: JobMark) => void = () => {},
): () => Promise<void> {
  const taskList: TaskList = Object.fromEntries(
    JOBS.map((job) => [
      job,
      (payload: unknown, helpers: JobHelpers) => attempt(desk, job, payload, helpers, signal, at),
    ]),
  );
  const options = {
    pgPool: desk.pool,
    taskList,
    concurrency: 1,
    noHandleSignals: true,
    noPreparedStatements: true,
    logger: workerLogger,
    preset: { plugins: [migratedAtStart], worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  };
  // With a delay, even of 0, what goes wrong when a job is put down as done or failed fails the run; without one it
  // is a rejection that nobody handles, which ends the process.
  return () => runOnce(options);
}

async function attempt(
  desk: JobDesk,
  job: Job,
  payload: unknown,
  helpers: JobHelpers,
  signal: AbortSignal,
  at: (mark: JobMark) => void,
): Promise<void> {
  const { id } = payload as { id: string };
  const { attempts, max_attempts } = helpers.job;
  const started = performance.now();
  const run: Attempt = { last: attempts >= max_attempts, signal, at };
  const context = { requestId: uuidv7(), address: '', route: `job ${job}`, actor: null };
  await runInRequest(context, async () => {
    const again = (ms: number) => reenqueue(desk.orm.em.fork(), job, { id }, new Date(Date.now() + ms));
    const line = { job, job_id: helpers.job.id, attempt: attempts };
    try {
      await withSpan(`job.${job}`, { request_id: context.requestId }, () =>
        alone(desk.pool, jobKey(job, id), () => TASKS[job].run(desk, id, run)),
      );
      log.info({ ...line, duration_ms: Math.round(performance.now() - started) }, 'A job is done');
    } catch (error) {
      if (error instanceof JobInterrupted) return again(INTERRUPTED_MS);
      if (error instanceof JobBusy) return again(BUSY_MS);
      log.error({ ...line, error }, 'A job failed');
      // The queue keeps the message of what is thrown; that of a failed query may hold personal data.
      throw new Error(nameOf(error));
    }
  });
}

function nameOf(error: unknown): string {
  const { name, code } = errorFacts(error);
  return code ? `${name} ${code}` : name;
}

/** graphile-worker's own words; those of every job are told above, without its payload. */
const workerLogger = new Logger(() => (level, message) => {
  if (level === 'error' && message.startsWith('Failed task')) return;
  if (level === 'error' || level === 'warning') log.warn({ worker: level }, message);
});
