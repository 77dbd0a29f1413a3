import type { TestProject } from 'vitest/node';
import { startPostgresServer } from './postgres-server.ts';
import { startRedisServer } from './redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
  }
}

/** One real PostgreSQL and one real Redis for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using started = new AsyncDisposableStack();
  const redis = await startRedisServer();
  started.defer(redis.stop);
  const postgres = await startPostgresServer();
  started.defer(postgres.stop);
  project.provide('databaseUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  const running = started.move();
  return () => running.disposeAsync();
}
