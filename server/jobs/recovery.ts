import { log } from '../telemetry/logger.ts';
import { alone } from './guard.ts';
import { JobBusy, type JobDesk } from './job.ts';
import type { Job } from './jobs.rules.ts';
import { TASKS } from './tasks.ts';

/** How long a worker may take from fetching a job to holding its lock. */
const GRACE = '3 seconds';

type HeldJob = { key: string; locked_by: string; task: Job; payload: { id: string }; exhausted: boolean };

const SELECT_HELD = `
  select j.key, j.locked_by, t.identifier as task, j.payload, j.attempts >= j.max_attempts as exhausted
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.locked_at < now() - interval '${GRACE}' and j.key is not null and t.identifier = any($1)`;

/**
 * Frees the jobs of workers that died: fetched, yet nobody holds their lock. Those that had no attempt left are given
 * up. graphile-worker itself would wait four hours.
 */
export async function recoverJobs(desk: JobDesk): Promise<void> {
  const { rows } = await desk.pool.query<HeldJob>(SELECT_HELD, [Object.keys(TASKS)]);
  for (const job of rows) {
    try {
      await alone(desk.pool, job.key, async () => {
        if (job.exhausted) await TASKS[job.task].giveUp(desk, job.payload.id);
        await desk.pool.query('select graphile_worker.force_unlock_workers($1)', [[job.locked_by]]);
        log.warn({ job: job.task, exhausted: job.exhausted }, 'A job of a worker that died was freed');
      });
    } catch (error) {
      if (!(error instanceof JobBusy)) throw error;
    }
  }
}
