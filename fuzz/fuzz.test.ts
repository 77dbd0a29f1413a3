import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '../server/testing/database.ts';
import { createTestRedis } from '../server/testing/redis.ts';
import { flood, METRICS_LIMIT } from './flood.ts';
import { fuzz, type Place } from './run.ts';

async function onPlace(work: (place: Place) => Promise<void>): Promise<void> {
  await using started = new AsyncDisposableStack();
  const database = await createTestDatabase(inject('databaseUrl'));
  started.defer(database.drop);
  const redis = await createTestRedis();
  started.defer(redis.drop);
  await work({ databaseUrl: database.url, redisUrl: redis.url });
}

// `npm run fuzz` sends 20,000 of them.
test('600 hostile inputs break nothing and leave nothing that was typed', { timeout: 180_000 }, () =>
  onPlace(async (place) => {
    const { sent, findings } = await fuzz(place, 1, 0, 600);
    expect(findings).toEqual([]);
    expect(sent).toBe(600);
  }),
);

// `npm run fuzz -- --flood 100000` asks more often.
test('a flood at every entrance leaves few series, which do not grow with it', { timeout: 180_000 }, () =>
  onPlace(async (place) => {
    const { half, after, faults } = await flood(place, 2_000);
    expect(faults).toEqual([]);
    expect(after.bytes).toBeLessThan(METRICS_LIMIT);
    // Every second request asks for something that nobody has asked for before.
    expect(after.series - half.series).toBeLessThan(300);
  }),
);
