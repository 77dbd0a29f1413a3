import { sqlList } from '../../db/sql-list.ts';
import { select } from '../../db/statement.ts';
import { AUTOMATIC_PRIVACY_KINDS } from '../privacy/privacy.rules.ts';
import { log } from '../telemetry/logger.ts';
import { alone } from './guard.ts';
import { JobBusy, type JobDesk } from './job.ts';
import { type Job, MAX_ATTEMPTS } from './jobs.rules.ts';
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
 * hours. Requests under way without a job get one. Jobs that have no attempt left, however the last one ended, are
 * given up and leave the queue.
 */
export async function recoverJobs(desk: JobDesk): Promise<void> {
  const { rows } = await desk.pool.query<LeftJob>(SELECT_LEFT, [Object.keys(TASKS)]);
  const failures: unknown[] = [];
  await enqueueForgotten(desk).catch((error: unknown) => failures.push(error));
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

/** Given a job at one look; more follow at the next. */
const FORGOTTEN_AT_ONCE = 100;

// One snapshot of both: an act enqueues in the transaction that moves the request.
const ENQUEUE_FORGOTTEN = `
  select graphile_worker.add_job('privacy_request', payload := json_build_object('id', r.id),
    job_key := 'privacy_request:' || r.id, max_attempts := ${MAX_ATTEMPTS})
  from (
    select id from privacy_request p
    where status in ('approved', 'processing') and kind in (${sqlList(AUTOMATIC_PRIVACY_KINDS)})
      and not exists (select 1 from graphile_worker._private_jobs j where j.key = 'privacy_request:' || p.id)
    limit ${FORGOTTEN_AT_ONCE}
  ) r`;

/** Requests under way that have no job: approved before the queue was there, or restored without it. */
async function enqueueForgotten(desk: JobDesk): Promise<void> {
  const { rowCount } = await desk.pool.query(ENQUEUE_FORGOTTEN);
  if (rowCount) log.warn({ requests: rowCount }, 'Privacy requests that had no job were given one');
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
