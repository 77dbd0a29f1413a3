import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { ShortLockClient, whileInTheWay } from './short-locks.ts';

/** The revision of graphile-worker's schema that the installed release brings. */
export const JOBS_REVISION = 20;

/** Whether the tables of the background work are there and as new as the installed graphile-worker. */
export async function hasJobsSchema(client: pg.Client): Promise<boolean> {
  const table = await client.query<{ exists: boolean }>(
    `select to_regclass('graphile_worker.migrations') is not null as exists`,
  );
  if (table.rows[0]?.exists !== true) return false;
  const { rows } = await client.query<{ revision: number }>(
    'select max(id) as revision from graphile_worker.migrations',
  );
  return (rows[0]?.revision ?? 0) >= JOBS_REVISION;
}

/** Makes or renews the schema `graphile_worker`. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const pgPool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 10_000,
    Client: ShortLockClient,
  });
  // Without listeners, a connection lost meanwhile would end the process instead of failing the query.
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  try {
    await whileInTheWay(() => runMigrations({ pgPool, logger: new Logger(() => () => {}) }));
  } finally {
    await pgPool.end();
  }
}
