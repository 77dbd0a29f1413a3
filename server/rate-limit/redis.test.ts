import { hash } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type RedisServer, startRedisServer } from '../testing/redis-server.ts';
import { globalCheck, loginChecks, userCheck } from './checks.ts';
import { createLimiter, RateLimited } from './limiter.ts';
import { connectRedis, type RedisClient } from './redis.ts';

// A server of this file's own, for it is stopped and started.
let server: RedisServer;
const clients: RedisClient[] = [];
const secret = 'a secret of tests';

async function connect(): Promise<RedisClient> {
  const redis = await connectRedis(`${server.url}/0`);
  clients.push(redis);
  return redis;
}

beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(() => server.stop());

it('shares the limits between two instances', async () => {
  const overrides = { user: { points: 3, duration: 60 } };
  const one = createLimiter({ secret, overrides, redis: await connect() });
  const two = createLimiter({ secret, overrides, redis: await connect() });
  await Promise.all([one, two, one].map((limiter) => limiter.consume([userCheck('shared')])));
  await expect(two.consume([userCheck('shared')])).rejects.toMatchObject({
    errorCode: 'rate_limited',
    details: { policy: 'user', retry_after_seconds: 60 },
  });
});

it('keeps no e-mail and no address in Redis, nor what either can be found from by trying', async () => {
  const redis = await connect();
  await redis.flushdb();
  const limiter = createLimiter({ redis, secret });
  const checks = Object.values(loginChecks('grace@example.org', '192.0.2.1'));
  await limiter.consume([...checks, globalCheck('192.0.2.1')]);
  const keys = await redis.keys('*');
  expect(keys).toHaveLength(4);
  const digests = ['hex', 'base64url'].flatMap((encoding) =>
    ['grace@example.org', '192.0.2.1'].map((text) => hash('sha256', text, encoding as 'hex')),
  );
  for (const text of ['grace', '192.0.2.1', ...digests]) expect(keys.join()).not.toContain(text);
  await createLimiter({ redis, secret: 'another secret' }).consume(checks);
  expect(await redis.keys('*')).toHaveLength(7);
});

it('gives back to one of two instances at once what a person used', async () => {
  const overrides = { user: { points: 5, duration: 60 } };
  const one = createLimiter({ secret, overrides, redis: await connect() });
  const two = createLimiter({ secret, overrides, redis: await connect() });
  const check = userCheck('gives-back');
  for (let i = 0; i < 4; i++) await one.count(check);
  const cleared = await Promise.all([one, two, one, two].map((limiter) => limiter.clear(check)));
  expect(cleared.sort()).toEqual([0, 0, 0, 4]);
});

it('goes on in memory while Redis is away, tells it once, and shares again when it is back', async () => {
  const told: string[] = [];
  const overrides = { user: { points: 5, duration: 60 } };
  const limiter = createLimiter({
    secret,
    overrides,
    redis: await connect(),
    onInsurance: (state) => told.push(state),
  });
  await limiter.consume([userCheck('a')]);
  await server.stop();
  for (let i = 0; i < 5; i++) await limiter.consume([userCheck('a')]);
  await expect(limiter.consume([userCheck('a')])).rejects.toBeInstanceOf(RateLimited);
  expect(told).toEqual(['used']);
  server = await startRedisServer(server.port);
  await vi.waitFor(async () => {
    await limiter.consume([userCheck('b')]).catch(() => undefined);
    expect(told).toEqual(['used', 'over']);
  }, 8000);
});

it('does not wait for a Redis that hangs more than once in a second', async () => {
  const told: string[] = [];
  const limiter = createLimiter({ secret, redis: await connect(), onInsurance: (state) => told.push(state) });
  const other = new Redis(server.url);
  await other.client('PAUSE', 1200, 'ALL');
  const began = performance.now();
  for (let i = 0; i < 20; i++) await limiter.consume([userCheck('hung')]);
  expect(performance.now() - began).toBeLessThan(1000);
  expect(told).toEqual(['used']);
  other.disconnect();
  await vi.waitFor(async () => {
    await limiter.consume([userCheck('hung')]);
    expect(told).toEqual(['used', 'over']);
  }, 5000);
});

it('starts without Redis, and finds it later', async () => {
  await server.stop();
  const told: string[] = [];
  const limiter = createLimiter({ secret, redis: await connect(), onInsurance: (state) => told.push(state) });
  expect(await limiter.consume([userCheck('early')])).toMatchObject({ policy: 'user' });
  server = await startRedisServer(server.port);
  await vi.waitFor(async () => {
    await limiter.consume([userCheck('late')]);
    expect(told).toEqual(['used', 'over']);
  }, 8000);
});
