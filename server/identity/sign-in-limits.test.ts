import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson, PASSWORD } from '../testing/people.ts';

// The limits as they are, behind one trusted proxy: each test has a desk of its own.
let desk: TestDesk;
beforeEach(async () => {
  desk = await openTestDesk({ limits: {}, trustedProxies: 1 });
});
afterEach(() => desk.close());

const attempt = (email: string, address: string, password = 'wrong') =>
  desk.fetch('/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ email, password }),
  });

async function statuses(attempts: Parameters<typeof attempt>[]): Promise<number[]> {
  const seen = [];
  for (const each of attempts) seen.push((await attempt(...each)).status);
  return seen;
}

const times = <T>(n: number, of: (n: number) => T) => Array.from({ length: n }, (_, index) => of(index));

describe('wrong passwords', () => {
  test('refuse an e-mail at the address that they come from, known or not; its owner elsewhere signs in', async () => {
    for (const email of [desk.people.ops.email, 'unknown@test.example']) {
      const address = `203.0.113.${email.length}`;
      const attempts = times(11, () => [email, address] satisfies Parameters<typeof attempt>);
      expect(await Promise.all(attempts.map(async (each) => (await attempt(...each)).status))).toEqual(
        expect.arrayContaining([...Array(10).fill(401), 429]),
      );
    }
    const { email } = desk.people.ops;
    const refused = await attempt(email, `203.0.113.${email.length}`, PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toContain('"login"');
    expect((await refused.json()).error).toMatchObject({ code: 'rate_limited', details: { policy: 'login' } });
    expect((await attempt(email, '198.51.100.1', PASSWORD)).status).toBe(200);
  });

  test('from thirty addresses do not keep the owner out, who waits a few seconds at most', async () => {
    const { email } = desk.people.support;
    const guesses = await Promise.all(times(30, async (n) => (await attempt(email, `203.0.113.${n}`)).status));
    expect(new Set(guesses)).toEqual(new Set([401]));
    const began = performance.now();
    expect((await attempt(email, '198.51.100.1', PASSWORD)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(3_900);
  }, 60_000);
});

describe('an address is the same however it is written', () => {
  const guess = (address: string, n: number) =>
    attempt(`person-${n}@test.example`, address).then(({ status }) => status);

  test.each([
    ['another address of one /64', (n: number) => `2001:db8:1:2:${(n * 1009).toString(16)}::${n}`],
    ['another port', (n: number) => `203.0.113.9:${40_000 + n}`],
    ['another port after brackets', (n: number) => `[2001:db8::1]:${40_000 + n}`],
    ['mapped or not', (n: number) => (n % 2 ? '::ffff:203.0.113.9' : '203.0.113.9')],
    ['another zone', (n: number) => `fe80::1%eth${n}`],
    ['nothing that is an address', (n: number) => `somebody-${n}`],
  ])('%s', async (_name, address) => {
    expect(await Promise.all(times(36, (n) => guess(address(n), n)))).toEqual(
      expect.arrayContaining([...Array(30).fill(401), ...Array(6).fill(429)]),
    );
  });
});

test('people who sign in from one address do not stand in each other’s way, after slips too', async () => {
  const { email } = desk.people.user;
  const office = '203.0.113.9';
  for (let person = 0; person < 12; person++) {
    expect(await statuses([...times(3, () => [email, office] as [string, string]), [email, office, PASSWORD]])).toEqual(
      [...[401, 401, 401, 200]],
    );
  }
}, 60_000);

test('what a few customers call shuts out no other customer', async () => {
  const few = await Promise.all(times(12, () => addPerson(desk.sql, { role: 'user' })));
  const customer = await addPerson(desk.sql, { role: 'user' });
  let served = 0;
  for (const person of few) {
    const calls = await Promise.allSettled(times(700, () => desk.callerAs(person).me.get()));
    served += calls.filter(({ status }) => status === 'fulfilled').length;
  }
  expect(served).toBe(12 * 600);
  await desk.callerAs(customer).me.get();
}, 60_000);
