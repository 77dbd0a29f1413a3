import type pg from 'pg';
import { JobBusy } from './job.ts';

/**
 * Runs `work` while nobody else, on any instance, runs work under the same key. The lock is of a transaction, so that
 * it holds behind a transaction pooler too, and PostgreSQL lets it go the moment this process dies.
 * @throws JobBusy
 */
export async function alone<T>(pool: pg.Pool, key: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const noteLoss = (error: Error) => {
    lost = error;
  };
  client.on('error', noteLoss);
  try {
    await client.query('begin');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as locked',
      [key],
    );
    if (rows[0]?.locked !== true) throw new JobBusy();
    return await work();
  } finally {
    await client.query('rollback').catch(noteLoss);
    client.off('error', noteLoss);
    client.release(lost);
  }
}
