import { describe, expect, it } from 'vitest';
import { LIMITS, limitOverrides, limitsWith } from './limits.ts';

const faultOf = (value: string) =>
  limitOverrides
    .safeParse(value)
    .error?.issues.map((issue) => issue.message)
    .join();

describe('RATE_LIMITS', () => {
  it('takes the word off', () => {
    expect(limitOverrides.parse(' off ')).toBe('off');
  });

  it('lays what it names over the defaults', () => {
    const overrides = limitOverrides.parse(
      '{"user":{"points":5,"duration":1},"login":{"email":{"points":3,"duration":9}}}',
    );
    if (overrides === 'off') throw new Error('expected limits');
    const limits = limitsWith(overrides);
    expect(limits.user).toEqual({ points: 5, duration: 1 });
    expect(limits.login).toEqual({ ...LIMITS.login, email: { points: 3, duration: 9 } });
    expect(limits.global).toEqual(LIMITS.global);
  });

  it('takes one limit for every role of agents', () => {
    const one = { points: 7, duration: 2 };
    const overrides = limitOverrides.parse(JSON.stringify({ role: one }));
    if (overrides === 'off') throw new Error('expected limits');
    expect(limitsWith(overrides).role).toEqual({ support: one, ops: one });
  });

  it('is the defaults when nothing is named', () => {
    expect(limitsWith()).toEqual(LIMITS);
    expect(limitOverrides.parse('{}')).toEqual({});
  });

  it.each([
    ['on', /JSON nor the word off/],
    ['{"user":', /JSON nor the word off/],
    ['null', /object/],
    ['[]', /object/],
    ['{"users":{"points":1,"duration":1}}', /users/],
    ['{"user":{"points":0,"duration":1}}', /user\.points/],
    ['{"user":{"points":1.5,"duration":1}}', /user\.points/],
    ['{"user":{"points":"10","duration":1}}', /user\.points/],
    ['{"user":{"points":10}}', /user\.duration/],
    ['{"user":{"points":10,"duration":86401}}', /user\.duration/],
    ['{"user":{"points":10,"duration":60,"block":1}}', /block/],
    ['{"role":{"admin":{"points":1,"duration":1}}}', /role\.admin/],
    ['{"role":{"points":0,"duration":1}}', /role: .*support, ops/],
    ['{"role":{"user":{"points":9,"duration":1}}}', /role\.user: is not known/],
    ['{"login":{"email":{"points":-1,"duration":1}}}', /login\.email\.points/],
  ])('refuses %s', (value, fault) => {
    expect(faultOf(value)).toMatch(fault);
  });
});
