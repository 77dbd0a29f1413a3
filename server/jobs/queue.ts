import { type Em, statement } from '../../db/statement.ts';
import { type Job, jobKey, MAX_ATTEMPTS } from './jobs.rules.ts';

/** All that a job carries, since payloads are kept and logged: which privacy request it is about. */
export type JobPayload = { id: string };

const addJob = statement(
  'job_add',
  `select 1 from graphile_worker.add_job($1, payload := $2::json, job_key := $3, run_at := $4, max_attempts := $5)`,
);

async function enqueue(em: Em, job: Job, payload: JobPayload, runAt: Date | null): Promise<void> {
  await addJob(em, [job, JSON.stringify(payload), jobKey(job, payload.id), runAt, MAX_ATTEMPTS]);
}

/** Has an approved request carried out as soon as the transaction of `em` commits, and not at all otherwise. */
export function enqueuePrivacyRequest(em: Em, id: string): Promise<void> {
  return enqueue(em, 'privacy_request', { id }, null);
}

/** Has the bytes of an archive removed at `at`. */
export function enqueueArchiveExpiry(em: Em, id: string, at: Date): Promise<void> {
  return enqueue(em, 'privacy_archive_expire', { id }, at);
}

/** Gives a job back to be begun anew at `at`, as if it had never been tried. */
export function reenqueue(em: Em, job: Job, payload: JobPayload, at: Date): Promise<void> {
  return enqueue(em, job, payload, at);
}
