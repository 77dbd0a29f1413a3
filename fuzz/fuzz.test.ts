import { inject, test } from 'vitest';
import { createTestDatabase } from '../server/testing/database.ts';
import { createTestRedis } from '../server/testing/redis.ts';
import { fuzz } from './run.ts';

// `npm run fuzz` sends 20,000 of them.
test('600 hostile inputs break nothing and leave nothing that was typed', { timeout: 180_000 }, async ({ expect }) => {
  await using started = new AsyncDisposableStack();
  const database = await createTestDatabase(inject('databaseUrl'));
  started.defer(database.drop);
  const redis = await createTestRedis();
  started.defer(redis.drop);
  const { sent, findings } = await fuzz({ databaseUrl: database.url, redisUrl: redis.url }, 1, 0, 600);
  expect(findings).toEqual([]);
  expect(sent).toBe(600);
});
