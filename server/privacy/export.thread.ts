import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Attempt, type JobDesk, JobInterrupted } from '../jobs/job.ts';
import { StepFailed } from './erasure-failure.ts';
import type { FromThread, ThreadOrder } from './export.worker.ts';
import { PrivacyObstacle } from './obstacle.ts';
import type { Processing } from './processing.ts';

const WORKER = join(import.meta.dirname, 'export.worker.ts');

/** What the thread's heap may grow to, in MB: an export of any size fits, since it holds one batch of rows at a time. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 };

/**
 * Makes an archive in a thread of its own: the requests that the desk answers meanwhile do not wait for it, and its
 * memory is bounded apart from theirs.
 * @throws JobInterrupted when the desk stops, PrivacyObstacle, StepFailed for what fails in the thread
 */
export function makeArchiveInThread(
  { databaseUrl, calendar: { timeZone } }: Pick<JobDesk, 'databaseUrl' | 'calendar'>,
  processing: Processing,
  { signal, at }: Attempt,
  tell: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const workerData: ThreadOrder = { databaseUrl, requestId: processing.id, userId: processing.userId, timeZone };
  // Not with the options of the process: the thread is not to be traced anew.
  const worker = new Worker(WORKER, { workerData, resourceLimits: LIMITS, execArgv: [] });
  return new Promise<void>((resolve, reject) => {
    let ended = false;
    const end = (error: unknown) => {
      if (ended) return;
      ended = true;
      signal.removeEventListener('abort', interrupt);
      void worker.terminate().then(() => (error ? reject(error) : resolve()));
    };
    const interrupt = () => end(new JobInterrupted());
    signal.addEventListener('abort', interrupt);
    worker.on('message', (message: FromThread) => {
      try {
        if ('mark' in message) {
          at(message.mark);
          worker.postMessage('go on');
        } else if ('done' in message) tell(message.done, message.total).catch(end);
        else if ('obstacle' in message) end(new PrivacyObstacle(message.obstacle));
        else if ('failed' in message)
          end(new StepFailed(message.at, new Error(`The export failed: ${message.failed}`)));
        else end(null);
      } catch (error) {
        end(error);
      }
    });
    worker.on('error', (error) => end(new Error('The thread of an export failed', { cause: error })));
    worker.on('exit', () => end(new Error('The thread of an export ended early')));
  });
}
