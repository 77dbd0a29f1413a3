import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.ts';
import { connected } from './database.ts';

const SEEN_MS = 3_000;
const TRIES = 3;

/**
 * As {@link missingNow}, the least of some tries: a connection that is lost stays so, one that is late does not, nor one
 * that the background work has, which is waited for.
 */
export async function missingConnections(
  atRest: () => Promise<unknown>,
  ...asked: Parameters<typeof missingNow>
): Promise<number> {
  let least = await missingNow(...asked);
  for (let tried = 1; tried < TRIES && least > 0; tried++) {
    await atRest();
    least = Math.min(least, await missingNow(...asked));
  }
  return least;
}

/**
 * How many connections the desk's pool lacks: with the table of incidents locked, as many changes as the pool has
 * connections must come to wait for it, each on its own. They ask for RowShareLock, as no background work does.
 */
async function missingNow(url: string, api: Api, incident: string, pool: number): Promise<number> {
  return connected(url, async (client) => {
    const waiting: Promise<unknown>[] = [];
    let most = 0;
    await client.query('begin');
    try {
      await client.query('lock table incident in access exclusive mode');
      for (let asked = 0; asked < pool + 2; asked++) {
        // Refused as stale once the lock is gone: nothing changes.
        waiting.push(api.ask('PATCH', `/support/incidents/${incident}`, { priority: 'low', version: 1_000_000 }));
      }
      for (const until = performance.now() + SEEN_MS; most < pool && performance.now() < until; await sleep(50)) {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from pg_locks
           where relation = 'incident'::regclass and mode = 'RowShareLock' and not granted`,
        );
        most = Math.max(most, rows[0]?.n ?? 0);
      }
    } finally {
      await client.query('rollback');
    }
    await Promise.all(waiting);
    return pool - most;
  });
}
