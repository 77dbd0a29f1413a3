import { expireArchive } from '../privacy/archive.store.ts';
import { giveUpPrivacyRequest, processPrivacyRequest } from '../privacy/processing.ts';
import type { Task } from './job.ts';
import type { Job } from './jobs.rules.ts';

/** What is done for each job of the queue. */
export const TASKS: Record<Job, Task> = {
  privacy_request: { run: processPrivacyRequest, giveUp: giveUpPrivacyRequest },
  privacy_archive_expire: {
    run: (desk, id) => expireArchive(desk.orm.em.fork(), id, new Date()),
    // Expired archives are also removed from time to time.
    giveUp: async () => {},
  },
};
