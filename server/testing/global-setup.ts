import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../db/embedded-postgres.ts';
import { migrate } from '../../db/migrate.ts';
import { createDatabase, TEMPLATE_DATABASE } from './database.ts';
import { startRedisServer } from './redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
  }
}

const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/** One real PostgreSQL and one real Redis for the whole run, on free ports and in a folder that goes away with them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using started = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-test-'));
  started.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  // When the tests run as root, PostgreSQL runs as another account, which has to reach its folder in here.
  chmodSync(dataDir, 0o755);
  const redis = await startRedisServer();
  started.defer(redis.stop);
  const postgres = await startEmbeddedPostgres(dataDir, { settings: THROW_AWAY });
  started.defer(postgres.stop);
  await migrate(await createDatabase(postgres.url, TEMPLATE_DATABASE));
  project.provide('databaseUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  const running = started.move();
  return () => running.disposeAsync();
}
