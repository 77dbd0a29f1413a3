import type { JobDesk, JobMark } from '../jobs/job.ts';
import { openJobPool } from '../jobs/pool.ts';
import { recoverJobs } from '../jobs/recovery.ts';
import { jobRunner } from '../jobs/runner.ts';
import type { TestDesk } from './desk.ts';

export type TestJobs = {
  /** Does all that is due, as a worker of the desk would. */
  runDue(at?: (mark: JobMark) => void, signal?: AbortSignal): Promise<void>;
  /** Frees the jobs of workers that died. */
  recover(): Promise<void>;
  jobDesk: JobDesk;
  close(): Promise<void>;
};

/** The background work of a test desk, run when the test says so. */
export function openTestJobs({ desk, url }: Pick<TestDesk, 'desk' | 'url'>): TestJobs {
  const pool = openJobPool(url);
  const jobDesk = {
    orm: desk.orm,
    actors: desk.actors,
    calendar: desk.calendar,
    sealKey: desk.sealKey,
    pool,
    databaseUrl: url,
  };
  return {
    jobDesk,
    runDue: (at, signal = new AbortController().signal) => jobRunner(jobDesk, signal, at)(),
    recover: () => recoverJobs(jobDesk),
    close: () => pool.end(),
  };
}
