import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfThePageItself } from './page-visit.ts';
import { liveCustomer } from './testing/customer.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import type { Person } from './testing/people.ts';
import { createCaller } from './trpc/router.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test.each([
  ['/privacy/1', '/privacy/1', true],
  ['/privacy/1?done=approve', '/privacy/1.data?_routes=x', true],
  ['/privacy', '/privacy/1', false],
  ['/privacy/2', '/privacy/1.data', false],
  ['/', '/', true],
])('from %s to %s', (from, to, itself) => {
  expect(isOfThePageItself(`https://desk.example${from}`, new URL(to, 'http://127.0.0.1:3000'))).toBe(itself);
});

test.each([null, '', 'no address', 'http://'])('from %j it is not the page itself', (referer) => {
  expect(isOfThePageItself(referer, new URL('http://127.0.0.1/privacy/1'))).toBe(false);
});

function callerOf(actor: Person, again: boolean) {
  const request = { requestId: 'request-of-a-page', address: '127.0.0.1', route: '/test', actor, again };
  return createCaller({ desk: desk.desk, request });
}

test('a page that reads itself again leaves one reading a visit, of each person and of each thing', async () => {
  const { support, ops } = desk.people;
  const customer = await liveCustomer(desk);
  const caller = callerOf(support, false);
  const incident = await caller.incidents.create({
    user_id: customer.id,
    category: 'account',
    title: 'Read again',
    description: 'By its own page',
  });
  const { id } = await caller.privacy.create({ user_id: customer.id, kind: 'access' });
  const read = async (by: Person, again: boolean) => {
    const { dossier, incidents, privacy } = callerOf(by, again);
    await dossier.get({ user_id: customer.id });
    await incidents.get({ id: incident.id });
    await privacy.get({ id });
    await incidents.list({ user_id: customer.id });
    await privacy.list({ user_id: customer.id });
  };
  const readings = async (by: Person) => {
    const rows = await desk.sql<{ n: number }>(
      "select count(*)::int as n from audit_event where subject_user_id = $1 and actor_id = $2 and action like '%\\_read'",
      [customer.id, by.id],
    );
    return rows[0]?.n;
  };
  // Nothing was read before: what the browser says is not enough.
  await read(support, true);
  expect(await readings(support)).toBe(5);
  for (let poll = 0; poll < 3; poll++) await read(support, true);
  expect(await readings(support)).toBe(5);
  await read(ops, true);
  expect(await readings(ops)).toBe(5);
  // Opened again, it is another visit.
  await read(support, false);
  expect(await readings(support)).toBe(10);
});

test('a page left open for more than an hour is another visit', async () => {
  const customer = await liveCustomer(desk);
  const { support } = desk.people;
  const insert = (minutes: number) =>
    desk.sql(
      `insert into audit_event (id, request_id, actor_id, actor_role, action, target_type, target_id, subject_user_id, status, details, created_at)
       values (gen_random_uuid(), 'request-0001', $1, 'support', 'support_dossier_read', 'user', $2::text, $2::uuid, 'success', '{}', now() - $3 * interval '1 minute')`,
      [support.id, customer.id, minutes],
    );
  const count = async () => (await desk.sql('select 1 from audit_event where target_id = $1', [customer.id])).length;
  await insert(61);
  await callerOf(support, true).dossier.get({ user_id: customer.id });
  expect(await count()).toBe(2);
  await callerOf(support, true).dossier.get({ user_id: customer.id });
  expect(await count()).toBe(2);
});
