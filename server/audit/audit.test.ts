import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

const list = (input: Parameters<ReturnType<TestDesk['callerAs']>['audit']['list']>[0], requestId?: string) =>
  desk.callerAs('ops', requestId).audit.list(input);

test('events are found by each filter', async () => {
  const customer = await addPerson(desk.sql, {});
  const incident = await desk
    .callerAs('support', 'request-filters')
    .incidents.create({ user_id: customer.id, category: 'account', title: 'A', description: 'B' });
  const [event] = (await list({ request_id: 'request-filters' })).items;
  expect(event).toMatchObject({
    request_id: 'request-filters',
    actor_id: desk.people.support.id,
    actor_name: desk.people.support.name,
    actor_role: 'support',
    action: 'support_incident_create',
    target_type: 'incident',
    target_id: incident.id,
    status: 'success',
  });
  const at = event?.created_at ?? '';
  const later = new Date(Date.parse(at) + 1).toISOString();
  const filters = [
    { actor_id: desk.people.support.id },
    { action: 'support_incident_create' as const },
    { target_type: 'incident' as const },
    { target_id: incident.id },
    { status: 'success' as const },
    { from: at },
    { to: later },
  ];
  for (const filter of filters) {
    const { items } = await list({ request_id: 'request-filters', ...filter });
    expect(items.map((item) => item.id)).toEqual([event?.id]);
  }
  const misses = [
    { from: later },
    { to: at },
    { status: ['denied', 'failed'] as const },
    { action: 'auth_login' as const },
  ];
  for (const filter of misses) {
    expect((await list({ request_id: 'request-filters', ...filter })).items).toEqual([]);
  }
});

test('ids are kept in lower case, and filters find them in either', async () => {
  const customer = await addPerson(desk.sql, {});
  const path = `/v1/support/users/${customer.id.toUpperCase()}/context`;
  expect((await desk.fetch(path, { headers: { 'x-request-id': 'request-in-capitals' } }, 'support')).status).toBe(200);
  const kept = { target_id: customer.id, actor_id: desk.people.support.id };
  expect((await list({ request_id: 'request-in-capitals' })).items).toMatchObject([kept]);
  for (const filter of [kept, { target_id: kept.target_id.toUpperCase(), actor_id: kept.actor_id.toUpperCase() }]) {
    expect((await list(filter)).items).toMatchObject([kept]);
  }
  expect((await list({ request_id: 'REQUEST-IN-CAPITALS' })).items).toEqual([]);
});

test.each([
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00+23:59',
])('the instant %s bounds a search', async (instant) => {
  expect((await list({ request_id: 'nothing-has-this', from: instant, to: instant })).items).toEqual([]);
});

test.each([
  '0000-01-01T00:00:00Z',
  '0000-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
  '10000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
])('the instant %s is refused', async (instant) => {
  for (const filter of [{ from: instant }, { to: instant }]) {
    await expect(list(filter)).rejects.toMatchObject({ errorCode: 'validation_failed' });
  }
});

test('a search of the audit is itself audited, with the names of its filters alone', async () => {
  await list({ actor_id: desk.people.support.id }, 'request-of-search');
  expect(
    await desk.sql("select action, target_type, details from audit_event where request_id = 'request-of-search'"),
  ).toEqual([{ action: 'audit_search', target_type: 'audit', details: { filters: ['actor_id'] } }]);
});

test.each([
  ["update audit_event set status = 'failed'"],
  ['delete from audit_event'],
  ['truncate audit_event'],
])('PostgreSQL refuses: %s', async (statement) => {
  await list({});
  await expect(desk.sql(statement)).rejects.toThrow('append-only');
});
