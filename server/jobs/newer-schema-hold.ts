import type pg from 'pg';
import { newerSchema } from '../../db/newer-schema.ts';
import { log } from '../telemetry/logger.ts';
import { recordJobsHeld } from '../telemetry/metrics.ts';

/**
 * Whether the background work rests, asked before each round: while a newer build has changed the schema, this one
 * would erase or export without what it does not know. It says so once, and once when it goes on.
 */
export function holdOnNewerSchema(pool: pg.Pool): () => Promise<boolean> {
  let held = false;
  return async () => {
    const unknown = await newerSchema(async (text, parameters) => (await pool.query(text, parameters)).rows);
    const now = unknown.length > 0;
    if (now && !held) {
      log.warn(
        { unknown },
        'The schema is newer than this build: it serves requests, but leaves the background work to newer instances',
      );
    }
    if (!now && held) log.info('The schema is known again: the background work goes on');
    held = now;
    recordJobsHeld(held);
    return held;
  };
}
