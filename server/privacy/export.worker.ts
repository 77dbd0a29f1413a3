import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { errorFacts } from '../telemetry/error-facts.ts';
import type { ErasureFailure } from './erasure.rules.ts';
import { failureOf } from './erasure-failure.ts';
import { makeArchive } from './export.archive.ts';
import { PrivacyObstacle } from './obstacle.ts';
import type { PrivacyFailure } from './privacy.rules.ts';

export type ThreadOrder = { databaseUrl: string; requestId: string; userId: string; timeZone: string };

/** What the thread says; at a mark it waits until it is told to go on. */
export type FromThread =
  | { mark: 'exporting' | 'exported' }
  | { done: number; total: number }
  | { obstacle: PrivacyFailure }
  | { failed: string; at: ErasureFailure }
  | { made: true };

const TELL_MS = 500;

const port = parentPort;
if (!port) throw new Error('This file is run in a thread');
const say = (message: FromThread) => port.postMessage(message);

let told = 0;
try {
  await makeArchive({
    ...(workerData as ThreadOrder),
    async mark(mark) {
      const answer = once(port, 'message');
      say({ mark });
      await answer;
    },
    tell(done, total) {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      say({ done, total });
    },
  });
  say({ made: true });
} catch (error) {
  const { name, code, message, table, constraint } = errorFacts(error);
  const failed = [name, code, message, table, constraint].filter(Boolean).join(' ');
  say(error instanceof PrivacyObstacle ? { obstacle: error.failure } : { failed, at: failureOf(error) });
}
port.unref();
