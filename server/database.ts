import { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { migrate } from '../db/migrate.ts';
import { ormOptions } from '../db/orm.config.ts';
import { BoundedClient, boundPool, cutOff, PreparingClient } from '../db/pool.ts';
import { keepsPreparedStatements } from '../db/statement.ts';
import type { Env } from './env.ts';
import { log } from './telemetry/logger.ts';

/** Milliseconds to wait for a connection before the answer is "not now". */
const CONNECT_TIMEOUT = 5_000;

/** `stop` is told how many ms it has. */
export type Database = { url: string; stop(ms?: number): Promise<void> };

/** The database that DATABASE_URL names, or else the embedded one, started; `signal` calls that off, and rejects. */
export async function startDatabase(env: Env, signal?: AbortSignal): Promise<Database> {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, stop: async () => {} };
  return startEmbeddedPostgres(env.DATA_DIR, {
    ...(signal && { signal }),
    onRestart: (error) => log.warn({ error }, 'The embedded PostgreSQL had stopped and was started again'),
  });
}

/** The ORM on a migrated schema, its pool bounded. */
export async function openOrm(url: string, poolMax: number): Promise<MikroORM> {
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'Migrated');
  const prepares = await keepsPreparedStatements(url);
  const orm = await MikroORM.init(
    ormOptions(url, {
      pool: { min: 0, max: poolMax },
      driverOptions: {
        connectionTimeoutMillis: CONNECT_TIMEOUT,
        Client: prepares ? PreparingClient : BoundedClient,
        onPoolCreated: boundPool,
      },
    }),
  );
  // Else the ORM calls itself unconnected until its first query, and the desk not ready.
  await orm.connect();
  return orm;
}

/** The connections that requests share. */
export function poolOf(orm: MikroORM): Promise<pg.Pool> {
  return (orm.em.getConnection() as unknown as { getNativeClient(): Promise<pg.Pool> }).getNativeClient();
}

/** Closes the ORM; what is still asked of the database after `patience` ms is cut off, and rolled back. */
export async function closeOrm(orm: MikroORM, patience = 500): Promise<void> {
  const pool = await poolOf(orm);
  const timer = setTimeout(cutOff, patience, pool);
  try {
    await orm.close(true);
  } finally {
    clearTimeout(timer);
  }
}
