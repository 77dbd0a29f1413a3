import type { MikroORM } from '@mikro-orm/postgresql';
import { statement } from '../db/statement.ts';
import { removeUnneededArchives } from './privacy/archive.store.ts';
import { logError } from './telemetry/logger.ts';

const EVERY_MS = 10 * 60 * 1000;
/** Rows removed at a time, so that no statement holds many locks. */
const BATCH = 1_000;
/** Archives at a time: each has a row for every 256 KiB. */
const ARCHIVES = 20;

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

/**
 * Removes what expired before `now`: answers kept for their idempotency keys hold what customers wrote, archives all of
 * it. The archives have a job each too, which may come before its time by a clock that is ahead, or fail.
 */
export async function removeExpiredRows(orm: MikroORM, now: Date): Promise<void> {
  for (const remove of removals) {
    await inBatches(BATCH, async () => (await remove(orm.em.fork(), [now]))[0]?.removed ?? 0);
  }
  await inBatches(ARCHIVES, () => removeUnneededArchives(orm.em.fork(), now, ARCHIVES));
}

async function inBatches(size: number, remove: () => Promise<number>): Promise<void> {
  while ((await remove()) >= size);
}

/** Removes expired rows from time to time; several instances may do so at once. Returns how to stop. */
export function startRemovingExpiredRows(orm: MikroORM): () => void {
  const run = () => {
    removeExpiredRows(orm, new Date()).catch((error: unknown) => logError(error, 'Expired rows could not be removed'));
  };
  const timer = setInterval(run, EVERY_MS).unref();
  return () => clearInterval(timer);
}
