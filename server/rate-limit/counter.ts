import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limit } from './limits.ts';
import type { Outage } from './outage.ts';
import type { RedisClient } from './redis.ts';

/** Counts requests per key against one limit: in Redis, or in memory without one and while it is away. */
export class Counter {
  readonly limit: Limit;
  readonly #memory: RateLimiterMemory;
  readonly #shared: RateLimiterRedis | null;
  readonly #redis: RedisClient | null;
  readonly #outage: Outage;

  constructor(name: string, limit: Limit, redis: RedisClient | null, outage: Outage) {
    const options = { ...limit, keyPrefix: `guichet:limit:${name}` };
    this.limit = limit;
    this.#memory = new RateLimiterMemory(options);
    this.#shared = redis && new RateLimiterRedis({ ...options, storeClient: redis });
    this.#redis = redis;
    this.#outage = outage;
  }

  /** Counts `points`, past the limit too: the caller compares. Never rejects. */
  consume(key: string, points = 1): Promise<RateLimiterRes> {
    if (this.#shared) return this.#consumeShared(this.#shared, key, points);
    return this.#memory.consume(key, points).catch(overLimit);
  }

  /** Takes back points counted just before. */
  async giveBack(key: string, points = 1): Promise<void> {
    await this.#inUse.reward(key, points).catch(() => undefined);
  }

  /** Forgets the key, and returns the points it had within the limit; 0 to all but one of those who do so at once. */
  async clear(key: string): Promise<number> {
    const counter = this.#inUse;
    try {
      const counted = await counter.get(key);
      return counted && (await counter.delete(key)) ? Math.min(counted.consumedPoints, this.limit.points) : 0;
    } catch {
      return 0;
    }
  }

  get #inUse(): RateLimiterMemory | RateLimiterRedis {
    return this.#shared && this.#redis?.status === 'ready' ? this.#shared : this.#memory;
  }

  // Not the library's insuranceLimiter: it hides which of the two answered, so the end of an outage would go unseen.
  async #consumeShared(shared: RateLimiterRedis, key: string, points: number): Promise<RateLimiterRes> {
    if (this.#redis?.status === 'ready' && this.#outage.mayTry) {
      try {
        const result = await shared.consume(key, points).catch(overLimit);
        this.#outage.over();
        return result;
      } catch (error) {
        this.#outage.used(error);
      }
    } else {
      this.#outage.used();
    }
    return this.#memory.consume(key, points).catch(overLimit);
  }
}

/** The library rejects with the result itself when the limit is passed. */
function overLimit(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}
