/** What the desk does in the background; graphile-worker's task identifiers. */
export const JOBS = ['privacy_request', 'privacy_archive_expire'] as const;
export type Job = (typeof JOBS)[number];

/** Attempts until a job is given up; graphile-worker waits e^n seconds after the n-th, about four minutes in all. */
export const MAX_ATTEMPTS = 6;

/** In effect once however often it is asked for: the key is the job and what it is about. */
export function jobKey(job: Job, id: string): string {
  return `${job}:${id}`;
}
