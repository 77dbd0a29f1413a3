import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** A numbered, empty Redis database of a test file's own; `drop` empties it. */
export async function createTestRedis(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('redisUrl');
  const counter = new Redis(server);
  const number = await counter.incr('test:databases');
  await counter.quit();
  const url = `${server}/${number}`;
  return {
    url,
    async drop() {
      const redis = new Redis(url);
      await redis.flushdb();
      await redis.quit();
    },
  };
}
