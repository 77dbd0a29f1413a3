import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '@mikro-orm/migrations';
import { type Constructor, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { hasJobsSchema, migrateJobs } from './jobs-schema.ts';
import { KNOWN_MIGRATIONS, MIGRATIONS } from './newer-schema.ts';
import { ormOptions } from './orm.config.ts';
import { ShortLockClient, whileInTheWay } from './short-locks.ts';

/** Key of the advisory lock that one migrating instance holds: the bytes of "guichet" as a number. */
const LOCK_KEY = '29121018100999540';
const LOCK_RETRY_MS = 100;

export type MigrateOptions = {
  /** The migrations of the build, oldest first; unset: those of the folder. */
  migrations?: { name: string; class: Constructor<Migration> }[];
  /** How long a migration that others are in the way of is tried again, in ms. */
  patience?: number;
};

/**
 * Brings the schema up to date and returns the names of the migrations applied now, oldest first.
 * Safe with several instances starting at once, while others serve, and through a pooler that shares server connections.
 * Throws what PostgreSQL answers; a migration that fails leaves those before it applied.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const known = options.migrations?.map(({ name }) => name) ?? KNOWN_MIGRATIONS;
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // Without a listener, a connection lost while the lock is held would end the process instead of failing the query.
  client.on('error', () => {});
  await client.connect();
  try {
    while ((await pendingMigrations(client, known)).length > 0 || !(await hasJobsSchema(client))) {
      // A lock of the transaction, not of the session: a transaction pooler keeps only the former on one connection.
      await client.query('begin');
      if (await takesLock(client)) {
        await client.query('set local idle_in_transaction_session_timeout = 0');
        const applied = await runMigrations(databaseUrl, options);
        await migrateJobs(databaseUrl);
        await client.query('commit');
        return applied;
      }
      // Whoever waits inside a transaction holds one of the pooler's connections, which the one at work may need.
      await client.query('rollback');
      await sleep(LOCK_RETRY_MS);
    }
    return [];
  } finally {
    await client.end();
  }
}

async function takesLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [LOCK_KEY]);
  return rows[0]?.taken === true;
}

async function pendingMigrations(client: pg.Client, known: readonly string[]): Promise<string[]> {
  const table = await client.query<{ exists: boolean }>(`select to_regclass('schema_migration') is not null as exists`);
  if (table.rows[0]?.exists !== true) return [...known];
  const { rows } = await client.query<{ name: string }>('select name from schema_migration');
  const applied = new Set(rows.map((row) => row.name));
  return known.filter((name) => !applied.has(name));
}

async function runMigrations(databaseUrl: string, { migrations, patience }: MigrateOptions) {
  const options = ormOptions(databaseUrl);
  const orm = await MikroORM.init({
    ...options,
    driverOptions: { Client: ShortLockClient },
    migrations: {
      ...options.migrations,
      ...(migrations ? { migrationsList: migrations } : { path: MIGRATIONS, pathTs: MIGRATIONS }),
      // Each for itself: locks go as soon as they can.
      allOrNothing: false,
      silent: true,
      // The snapshot belongs to whoever writes migrations: applying them leaves the source tree alone.
      snapshot: false,
    },
  });
  try {
    const pending = await orm.migrator.getPending();
    for (const { name } of pending) {
      await whileInTheWay(() => orm.migrator.up({ migrations: [name] }), patience);
    }
    return pending.map(({ name }) => name);
  } finally {
    await orm.close(true);
  }
}

async function main(): Promise<void> {
  const external = process.env.DATABASE_URL;
  const embedded = external ? undefined : await startEmbeddedPostgres(process.env.DATA_DIR || '.data');
  try {
    const applied = await migrate(external || (embedded?.url ?? ''));
    console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
  } finally {
    await embedded?.stop();
  }
}

if (import.meta.main) await main();
