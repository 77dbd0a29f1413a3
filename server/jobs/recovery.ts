import { select } from '../../db/statement.ts';
import { log } from '../telemetry/logger.ts';
import { alone } from './guard.ts';
import { JobBusy, type JobDesk } from './job.ts';
import type { Job } from './jobs.rules.ts';
import { TASKS } from './tasks.ts';

/** How long a worker may take from fetching a job to holding its lock. */
const GRACE = '3 seconds';

type LeftJob = {
  id: string;
  key: string;
  locked_by: string | null;
  task: Job;
  payload: { id: string };
  exhausted: boolean;
  last_error: string | null;
};

const SELECT_LEFT = `
  select j.id, j.key, j.locked_by, t.identifier as task, j.payload, j.attempts >= j.max_attempts as exhausted, j.last_error
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where (j.locked_at < now() - interval '${GRACE}' or (j.locked_at is null and j.attempts >= j.max_attempts))
    and j.key is not null and t.identifier = any($1)`;

/**
 * Frees the jobs of workers that died: fetched, yet nobody holds their lock. graphile-worker itself would wait four
 * hours. Jobs that have no attempt left, however the last one ended, are given up and leave the queue.
 */
export async function recoverJobs(desk: JobDesk): Promise<void> {
  const { rows } = await desk.pool.query<LeftJob>(SELECT_LEFT, [Object.keys(TASKS)]);
  const failures: unknown[] = [];
  for (const job of rows) {
    try {
      await alone(desk.pool, job.key, async () => {
        if (job.locked_by) await free(desk, job, job.locked_by);
        if (job.exhausted) await giveUp(desk, job);
      });
    } catch (error) {
      // One that cannot be recovered now holds no other up.
      if (!(error instanceof JobBusy)) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function free(desk: JobDesk, { task, exhausted }: LeftJob, worker: string): Promise<void> {
  await desk.pool.query('select graphile_worker.force_unlock_workers($1)', [[worker]]);
  log.warn({ job: task, exhausted }, 'A job of a worker that died was freed');
}

/** Asked for again meanwhile, which takes the key from the old job: it is not given up. */
class JobRenewed extends Error {}

async function giveUp(desk: JobDesk, { id, key, task, payload, last_error }: LeftJob): Promise<void> {
  try {
    await desk.orm.em.fork().transactional(async (em) => {
      // First, as an act does that enqueues anew: request and job are locked in one order.
      await TASKS[task].giveUp(em, payload.id);
      const removed = await select(
        em,
        `delete from graphile_worker._private_jobs
         where id = $1 and key = $2 and locked_at is null and attempts >= max_attempts returning id`,
        [id, key],
      );
      if (removed.length === 0) throw new JobRenewed();
    });
  } catch (error) {
    if (error instanceof JobRenewed) return;
    throw error;
  }
  log.warn({ job: task, job_id: id, last_error }, 'A job was given up');
}
