import { MikroORM } from '@mikro-orm/postgresql';
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { migrate } from '../db/migrate.ts';
import { ormOptions } from '../db/orm.config.ts';
import { keepsPreparedStatements, PreparingClient } from '../db/statement.ts';
import type { Env } from './env.ts';
import { log } from './telemetry/logger.ts';

/** Milliseconds to wait for a connection before the answer is "not now". */
const CONNECT_TIMEOUT = 5_000;

export type Database = { url: string; stop(): Promise<void> };

/** The database that DATABASE_URL names, or else the embedded one, started. */
export async function startDatabase(env: Env): Promise<Database> {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, stop: async () => {} };
  return startEmbeddedPostgres(env.DATA_DIR, {
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
        ...(prepares ? { Client: PreparingClient } : {}),
      },
    }),
  );
  // Else the ORM calls itself unconnected until its first query, and the desk not ready.
  await orm.connect();
  return orm;
}
