import { type Em, statement } from '../../db/statement.ts';

/** What the desk does in the background; graphile-worker's task identifiers. */
export const JOBS = ['privacy_request', 'privacy_archive_expire'] as const;
export type Job = (typeof JOBS)[number];

/** All that a job carries, since payloads are kept and logged: which privacy request it is about. */
export type JobPayload = { id: string };

/** Attempts until a job is given up; graphile-worker waits e^n seconds after the n-th, about four minutes in all. */
export const MAX_ATTEMPTS = 6;

const addJob = statement(
  'job_add',
  `select 1 from graphile_worker.add_job($1, payload := $2::json, job_key := $3, run_at := $4, max_attempts := $5)`,
);

/** In effect once however often it is asked for: the key is the job and what it is about. */
export function jobKey(job: Job, id: string): string {
  return `${job}:${id}`;
}

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
