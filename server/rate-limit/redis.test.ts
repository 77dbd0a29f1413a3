import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loginChecks, userCheck } from './checks.ts';
import { createLimiter, RateLimited } from './limiter.ts';
import { connectRedis, type RedisClient } from './redis.ts';

let folder: string;
let port: number;
let server: ChildProcess;
const clients: RedisClient[] = [];

async function startRedis(): Promise<void> {
  server = spawn('redis-server', ['--port', String(port), '--dir', folder, '--save', '', '--bind', '127.0.0.1']);
  await vi.waitFor(
    async () => {
      const probe = new Redis(port, { lazyConnect: true, retryStrategy: () => null });
      probe.on('error', () => undefined);
      await probe.connect();
      probe.disconnect();
    },
    { timeout: 5000 },
  );
}

async function stopRedis(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}

async function connect(): Promise<RedisClient> {
  const redis = await connectRedis(`redis://127.0.0.1:${port}/0`);
  clients.push(redis);
  return redis;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-redis-'));
  port = await freePort();
  await startRedis();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

afterAll(async () => {
  await stopRedis();
  await rm(folder, { recursive: true });
});

it('shares the limits between two instances', async () => {
  const overrides = { user: { points: 3, duration: 60 } };
  const one = createLimiter({ overrides, redis: await connect() });
  const two = createLimiter({ overrides, redis: await connect() });
  await Promise.all([one, two, one].map((limiter) => limiter.consume([userCheck('shared')])));
  await expect(two.consume([userCheck('shared')])).rejects.toMatchObject({
    errorCode: 'rate_limited',
    details: { policy: 'user', retry_after_seconds: 60 },
  });
});

it('keeps no e-mail in Redis', async () => {
  const redis = await connect();
  await createLimiter({ redis }).consume(loginChecks('grace@example.org', '192.0.2.1'));
  const keys = await redis.keys('guichet:limit:login:*');
  expect(keys).toHaveLength(2);
  expect(keys.join()).not.toContain('grace');
});

it('goes on in memory while Redis is away, tells it once, and shares again when it is back', async () => {
  const told: string[] = [];
  const overrides = { user: { points: 5, duration: 60 } };
  const limiter = createLimiter({ overrides, redis: await connect(), onInsurance: (state) => told.push(state) });
  await limiter.consume([userCheck('a')]);
  await stopRedis();
  for (let i = 0; i < 5; i++) await limiter.consume([userCheck('a')]);
  await expect(limiter.consume([userCheck('a')])).rejects.toBeInstanceOf(RateLimited);
  expect(told).toEqual(['used']);
  await startRedis();
  await vi.waitFor(async () => {
    await limiter.consume([userCheck('b')]).catch(() => undefined);
    expect(told).toEqual(['used', 'over']);
  }, 8000);
});

it('does not wait long for a Redis that hangs', async () => {
  const told: string[] = [];
  const limiter = createLimiter({ redis: await connect(), onInsurance: (state) => told.push(state) });
  server.kill('SIGSTOP');
  try {
    const began = performance.now();
    await limiter.consume([userCheck('hung')]);
    for (let i = 0; i < 20; i++) await limiter.consume([userCheck('hung')]);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(told).toEqual(['used']);
  } finally {
    server.kill('SIGCONT');
  }
});

it('starts without Redis, and finds it later', async () => {
  await stopRedis();
  const told: string[] = [];
  const limiter = createLimiter({ redis: await connect(), onInsurance: (state) => told.push(state) });
  expect(await limiter.consume([userCheck('early')])).toMatchObject({ policy: 'user' });
  await startRedis();
  await vi.waitFor(async () => {
    await limiter.consume([userCheck('late')]);
    expect(told).toEqual(['used', 'over']);
  }, 8000);
}, 15_000);
