import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { log } from '../telemetry/logger.ts';
import { isTracing } from '../telemetry/tracing.ts';

export type RedisClient = Redis | Cluster;

const OPTIONS = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  // Commands of several requests in one pipeline would all be spans of the first one's trace.
  enableAutoPipelining: !isTracing(),
  connectTimeout: 2000,
  // A Redis that hangs must not hold a request for long: the limits then go on in memory.
  commandTimeout: 500,
} satisfies RedisOptions;

const FIRST_CONNECTION_MS = 2000;

/**
 * Connects to the Redis at `urls`, or to the Redis Cluster of which `urls` names some nodes, joined by commas.
 * Resolves when it is ready, or after two seconds without it: it keeps trying, and the limits go on in memory.
 */
export async function connectRedis(urls: string): Promise<RedisClient> {
  const redis = clientFor(urls.split(',').map((url) => url.trim()));
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ error }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info('Redis is back');
    away = false;
  });
  await readyOrLate(redis);
  return redis;
}

function clientFor(urls: string[]): RedisClient {
  const [first = ''] = urls;
  if (urls.length === 1) return new Redis(first, OPTIONS);
  const { protocol, username, password } = new URL(first);
  return new Cluster(urls, {
    enableOfflineQueue: OPTIONS.enableOfflineQueue,
    enableAutoPipelining: OPTIONS.enableAutoPipelining,
    redisOptions: {
      ...OPTIONS,
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
      tls: protocol === 'rediss:' ? {} : undefined,
    },
  });
}

function readyOrLate(redis: RedisClient): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, FIRST_CONNECTION_MS);
    redis.once('ready', () => {
      clearTimeout(late);
      resolve();
    });
  });
}
