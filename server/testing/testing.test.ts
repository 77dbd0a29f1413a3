import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';
import { createTestRedis } from './redis.ts';
import { startRedisServer } from './redis-server.ts';

test('a test database is migrated, and gone after drop', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from schema_migration');
  await client.end();
  expect(rows[0]?.count).toBeGreaterThan(0);

  await database.drop();
  await expect(new pg.Client({ connectionString: database.url }).connect()).rejects.toThrow('does not exist');
});

test('test databases of Redis do not see each other', async () => {
  const [one, other] = [await createTestRedis(), await createTestRedis()];
  const [first, second] = [new Redis(one.url), new Redis(other.url)];
  await first.set('key', 'value');
  expect(await second.get('key')).toBeNull();
  await Promise.all([first.quit(), second.quit(), one.drop(), other.drop()]);
});

test('a Redis server of its own can be stopped and started again on its port', async () => {
  const server = await startRedisServer();
  await server.stop();
  const again = await startRedisServer(server.port);
  expect(again.url).toBe(server.url);
  await again.stop();
});
