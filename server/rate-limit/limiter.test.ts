import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { globalCheck, incidentWriteCheck, loginAddressCheck, loginChecks, roleCheck, userCheck } from './checks.ts';
import { rateLimitHeaders } from './headers.ts';
import { createLimiter, type Limiter, RateLimited } from './limiter.ts';

async function refusal(limiter: Limiter, ...args: Parameters<Limiter['consume']>): Promise<RateLimited> {
  const error = await limiter.consume(...args).catch((reason: unknown) => reason);
  if (!(error instanceof RateLimited)) throw new Error('was not refused');
  return error;
}

describe('limits in memory', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('counts each key by itself, and opens again after its window', async () => {
    const limiter = createLimiter({ overrides: { user: { points: 2, duration: 10 } }, redis: null });
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
    });
    await limiter.consume([userCheck('a'), roleCheck('user')]);
    for (let i = 0; i < 10; i++) await refusal(limiter, [userCheck('a'), roleCheck('user')]);
    await limiter.consume([userCheck('b'), roleCheck('user')]);
    await limiter.consume([userCheck('c'), roleCheck('user')]);
    expect((await refusal(limiter, [userCheck('d'), roleCheck('user')])).details.policy).toBe('role');
    await limiter.consume([userCheck('e'), roleCheck('support')]);
  });

  it('throttles sign-in per e-mail, however written, and per address', async () => {
    const overrides = { login: { email: { points: 2, duration: 60 }, address: { points: 3, duration: 60 } } };
    const limiter = createLimiter({ overrides, redis: null });
    await limiter.consume(loginChecks('Ada@Example.org', '192.0.2.1'));
    await limiter.consume(loginChecks(' ada@example.ORG', '192.0.2.2'));
    expect((await refusal(limiter, loginChecks('ada@example.org', '192.0.2.3'))).details.policy).toBe('login');
    await limiter.consume(loginChecks('b@example.org', '192.0.2.1'));
    await limiter.consume(loginChecks('c@example.org', '192.0.2.1'));
    expect((await refusal(limiter, loginChecks('d@example.org', '192.0.2.1'))).state.limit).toBe(3);
  });

  it('takes back what was counted', async () => {
    const overrides = { login: { email: { points: 9, duration: 60 }, address: { points: 1, duration: 60 } } };
    const limiter = createLimiter({ overrides, redis: null });
    for (let i = 0; i < 5; i++) {
      await limiter.consume(loginChecks('ada@example.org', '192.0.2.1'));
      await limiter.giveBack(loginAddressCheck('192.0.2.1'));
    }
    await limiter.consume(loginChecks('ada@example.org', '192.0.2.1'));
    await refusal(limiter, loginChecks('ada@example.org', '192.0.2.1'));
  });

  it('does nothing when limits are off, and tells nothing without checks', async () => {
    const off = createLimiter({ overrides: 'off', redis: null });
    for (let i = 0; i < 20; i++) expect(await off.consume(loginChecks('a@example.org', '192.0.2.1'))).toBeNull();
    expect(await createLimiter({ redis: null }).consume([])).toBeNull();
    expect(rateLimitHeaders(null, 429)).toEqual({});
  });
});

describe('keys', () => {
  it('hold no e-mail', () => {
    expect(JSON.stringify(loginChecks('ada@example.org', '192.0.2.1'))).not.toMatch(/ada|example/);
  });
});
