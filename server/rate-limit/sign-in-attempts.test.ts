import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RequestContext } from '../request-context.ts';
import { createLimiter } from './limiter.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const attempts = () => new SignInAttempts(createLimiter({ redis: null, secret: 'a secret of tests' }));
const from = (address: string, hungUp = () => false): RequestContext => ({
  requestId: 'request-of-a-test',
  address,
  route: '/test',
  actor: null,
  hungUp,
});

/** What becomes of an attempt, and after how many ms; time goes on by itself. */
async function outcome(attempt: Promise<void>): Promise<[string, number]> {
  const began = Date.now();
  let settled: string | undefined;
  attempt.then(
    () => (settled = 'admitted'),
    (error) => (settled = error.errorCode),
  );
  await vi.advanceTimersByTimeAsync(0);
  while (!settled) await vi.advanceTimersToNextTimerAsync();
  return [settled, Date.now() - began];
}

it('refuses an e-mail at one address after ten failures, and nobody else', async () => {
  const signIns = attempts();
  const attempt = (email: string, address: string) => outcome(signIns.admit(from(address), email));
  for (let i = 0; i < 10; i++) expect((await attempt('ada@example.org', '192.0.2.1'))[0]).toBe('admitted');
  expect(await attempt('ada@example.org', '192.0.2.1')).toEqual(['rate_limited', 0]);
  expect(await attempt('bob@example.org', '192.0.2.1')).toEqual(['admitted', 0]);
  expect((await attempt('Ada@example.org ', '192.0.2.2'))[0]).toBe('admitted');
});

it('slows down guesses at one e-mail from many addresses, and never refuses them', async () => {
  const signIns = attempts();
  const delays = [];
  for (let n = 0; n < 40; n++) delays.push(await outcome(signIns.admit(from(`192.0.2.${n}`), 'ada@example.org')));
  expect(delays.every(([result]) => result === 'admitted')).toBe(true);
  expect(delays.map(([, ms]) => ms)).toEqual([...Array(5).fill(0), 250, 500, 1000, 2000, ...Array(31).fill(4000)]);
  expect(await outcome(signIns.admit(from('192.0.2.99'), 'bob@example.org'))).toEqual(['admitted', 0]);
});

it('refuses an address after thirty failures', async () => {
  const signIns = attempts();
  const attempt = (n: number) => outcome(signIns.admit(from('192.0.2.1'), `person-${n}@example.org`));
  for (let n = 0; n < 30; n++) expect(await attempt(n)).toEqual(['admitted', 0]);
  expect(await attempt(30)).toEqual(['rate_limited', 0]);
});

it('gives back what a person used who signs in, and nothing of what others used', async () => {
  const signIns = attempts();
  const here = from('192.0.2.1');
  for (let n = 0; n < 5; n++) await signIns.admit(here, `person-${n}@example.org`);
  for (let morning = 0; morning < 20; morning++) {
    await outcome(signIns.admit(here, 'ada@example.org'));
    await signIns.succeed(here, 'ada@example.org');
  }
  // At once, and more than are let through: no more is given back than was counted.
  const many = Promise.allSettled(Array.from({ length: 20 }, () => signIns.admit(here, 'ada@example.org')));
  await vi.advanceTimersByTimeAsync(5_000);
  await many;
  await Promise.all(Array.from({ length: 20 }, () => signIns.succeed(here, 'ada@example.org')));
  const others = [];
  for (let n = 0; n < 26; n++) others.push((await outcome(signIns.admit(here, `other-${n}@example.org`)))[0]);
  expect(others).toEqual([...Array(25).fill('admitted'), 'rate_limited']);
});

it('makes a bounded number wait: of one address ten, so that others find a place', async () => {
  const signIns = attempts();
  for (let n = 0; n < 9; n++) await outcome(signIns.admit(from(`192.0.2.${n}`), 'ada@example.org'));
  const emails = Array.from({ length: 3 }, (_, n) => `person-${n}@example.org`);
  for (const email of emails) for (let n = 0; n < 9; n++) await outcome(signIns.admit(from(`198.51.100.${n}`), email));
  const guesses = emails.flatMap((email) => Array.from({ length: 9 }, () => signIns.admit(from('203.0.113.1'), email)));
  const settled = Promise.allSettled(guesses);
  await vi.advanceTimersByTimeAsync(0);
  const owner = signIns.admit(from('192.0.2.77'), 'ada@example.org');
  await vi.runAllTimersAsync();
  const codes = (await settled).map((each) => (each.status === 'rejected' ? each.reason.errorCode : 'admitted'));
  expect(codes.filter((code) => code === 'admitted')).toHaveLength(10);
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(17);
  await expect(owner).resolves.toBeUndefined();
});

it('goes no further for a caller who left while waiting', async () => {
  const signIns = attempts();
  for (let n = 0; n < 5; n++) await signIns.admit(from(`192.0.2.${n}`), 'ada@example.org');
  const gone = from('192.0.2.5', () => true);
  expect(await outcome(signIns.admit(gone, 'ada@example.org'))).toEqual(['request_aborted', 250]);
});
