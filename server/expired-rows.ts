import type { MikroORM } from '@mikro-orm/postgresql';
import { statement } from '../db/statement.ts';
import { logError } from './telemetry/logger.ts';

const EVERY_MS = 10 * 60 * 1000;
/** Rows removed at a time, so that no statement holds many locks. */
const BATCH = 1_000;

/** What is good until `expires_at`, and of no use to anybody after it. */
const TABLES = ['idempotency_key', 'session', 'refresh_token'] as const;

const removals = TABLES.map((table) =>
  statement<{ removed: number }>(
    `expired_${table}`,
    `with gone as (
       delete from ${table} where ctid in (select ctid from ${table} where expires_at < $1 limit ${BATCH}) returning 1)
     select count(*)::int as removed from gone`,
  ),
);

/** Removes what expired before `now`: answers kept for their idempotency keys hold what customers wrote. */
export async function removeExpiredRows(orm: MikroORM, now: Date): Promise<void> {
  for (const remove of removals) {
    for (let removed = BATCH; removed === BATCH; ) {
      const [row] = await remove(orm.em.fork(), [now]);
      removed = row?.removed ?? 0;
    }
  }
}

/** Removes expired rows from time to time; several instances may do so at once. Returns how to stop. */
export function startRemovingExpiredRows(orm: MikroORM): () => void {
  const run = () => {
    removeExpiredRows(orm, new Date()).catch((error: unknown) => logError(error, 'Expired rows could not be removed'));
  };
  const timer = setInterval(run, EVERY_MS).unref();
  return () => clearInterval(timer);
}
