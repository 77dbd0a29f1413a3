import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../../db/embedded-postgres.ts';
import { migrate } from '../../db/migrate.ts';
import { createDatabase, TEMPLATE_DATABASE } from './database.ts';

const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL with the migrated template, on a free port and in a folder that goes away with it. */
export async function startPostgresServer(
  options: Pick<EmbeddedPostgresOptions, 'programs' | 'settings'> = {},
): Promise<PostgresServer> {
  await using started = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-test-'));
  started.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  // When the tests run as root, PostgreSQL runs as another account, which has to reach its folder in here.
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres(dataDir, {
    ...options,
    settings: { ...THROW_AWAY, ...options.settings },
  });
  started.defer(postgres.stop);
  await migrate(await createDatabase(postgres.url, TEMPLATE_DATABASE));
  const running = started.move();
  return { url: postgres.url, stop: () => running.disposeAsync() };
}
