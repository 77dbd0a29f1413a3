import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { globalCheck, incidentWriteCheck, loginChecks, roleCheck, userCheck } from './checks.ts';
import { rateLimitHeaders } from './headers.ts';
import { createLimiter, type Limiter, RateLimited } from './limiter.ts';

const secret = 'a secret of tests';

async function refusal(limiter: Limiter, ...args: Parameters<Limiter['consume']>): Promise<RateLimited> {
  const error = await limiter.consume(...args).catch((reason: unknown) => reason);
  if (!(error instanceof RateLimited)) throw new Error('was not refused');
  return error;
}

describe('limits in memory', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('counts each key by itself, and opens again after its window', async () => {
    const limiter = createLimiter({ overrides: { user: { points: 2, duration: 10 } }, redis: null, secret });
    await limiter.consume([userCheck('a')]);
    await limiter.consume([userCheck('a')]);
    const error = await refusal(limiter, [userCheck('a')]);
    expect(error).toMatchObject({ errorCode: 'rate_limited', details: { policy: 'user', retry_after_seconds: 10 } });
    await limiter.consume([userCheck('b')]);
    vi.advanceTimersByTime(10_001);
    await limiter.consume([userCheck('a')]);
  });

  it('answers with the state nearest to its limit', async () => {
    const limiter = createLimiter({
      overrides: { user: { points: 100, duration: 60 }, global: { points: 10, duration: 30 } },
      redis: null,
      secret,
    });
    const state = await limiter.consume([userCheck('a'), globalCheck('192.0.2.1'), roleCheck('ops')]);
    expect(state).toEqual({ policy: 'global', limit: 10, window: 30, remaining: 9, reset: 30 });
    vi.advanceTimersByTime(1500);
    expect(rateLimitHeaders(await limiter.consume([globalCheck('192.0.2.1')]), 200)).toEqual({
      'ratelimit-policy': '"global";q=10;w=30',
      ratelimit: '"global";r=8;t=29',
    });
  });

  it('names the exhausted limit that lasts longest, and tells when to come back', async () => {
    const limiter = createLimiter({
      overrides: { user: { points: 1, duration: 5 }, incident_write: { points: 1, duration: 50 } },
      redis: null,
      secret,
    });
    const checks = [userCheck('a'), incidentWriteCheck('a', 'i')];
    await limiter.consume(checks);
    const error = await refusal(limiter, checks);
    expect(error.details).toEqual({ policy: 'incident_write', retry_after_seconds: 50 });
    expect(rateLimitHeaders(error.state, error.status)).toEqual({
      'ratelimit-policy': '"incident_write";q=1;w=50',
      ratelimit: '"incident_write";r=0;t=50',
      'retry-after': '50',
    });
  });

  it('takes nothing from the shared budget of a role for what a person is refused', async () => {
    const limiter = createLimiter({
      overrides: { user: { points: 1, duration: 60 }, role: { points: 3, duration: 60 } },
      redis: null,
      secret,
    });
    await limiter.consume([userCheck('a'), roleCheck('ops')]);
    for (let i = 0; i < 10; i++) await refusal(limiter, [userCheck('a'), roleCheck('ops')]);
    await limiter.consume([userCheck('b'), roleCheck('ops')]);
    await limiter.consume([userCheck('c'), roleCheck('ops')]);
    expect((await refusal(limiter, [userCheck('d'), roleCheck('ops')])).details.policy).toBe('role');
    await limiter.consume([userCheck('e'), roleCheck('support')]);
  });

  it('tells the first refusal of a window from the later ones', async () => {
    const limiter = createLimiter({ overrides: { user: { points: 1, duration: 60 } }, redis: null, secret });
    const first = async () => (await refusal(limiter, [userCheck('a')])).first;
    await limiter.consume([userCheck('a')]);
    expect([await first(), await first()]).toEqual([true, false]);
    vi.advanceTimersByTime(60_001);
    await limiter.consume([userCheck('a')]);
    expect([await first(), await first()]).toEqual([true, false]);
  });

  it('takes back what was counted, and counts without refusing', async () => {
    const limiter = createLimiter({ overrides: { user: { points: 2, duration: 60 } }, redis: null, secret });
    const check = userCheck('a');
    const past = async () => (await limiter.count(check))?.past;
    expect([await past(), await past(), await past()]).toEqual([-1, 0, 1]);
    await limiter.giveBack({ ...check, points: 3 });
    expect(await past()).toBe(-1);
  });

  it('forgets for one of those who ask at once, and no more than the limit let through', async () => {
    const limiter = createLimiter({ overrides: { user: { points: 2, duration: 60 } }, redis: null, secret });
    const check = userCheck('a');
    for (let i = 0; i < 9; i++) await limiter.count(check);
    const cleared = await Promise.all([limiter.clear(check), limiter.clear(check), limiter.clear(check)]);
    expect(cleared.sort()).toEqual([0, 0, 2]);
    expect((await limiter.count(check))?.past).toBe(-1);
  });

  it('does nothing when limits are off, and tells nothing without checks', async () => {
    const off = createLimiter({ overrides: 'off', redis: null, secret });
    const { email } = loginChecks('a@example.org', '192.0.2.1');
    for (let i = 0; i < 20; i++) expect(await off.consume([email])).toBeNull();
    expect(await createLimiter({ redis: null, secret }).consume([])).toBeNull();
    expect(rateLimitHeaders(null, 429)).toEqual({});
  });
});
