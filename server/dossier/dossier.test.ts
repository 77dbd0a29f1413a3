import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test('a dossier shows every section from one snapshot and is audited once, and nothing else changes', async () => {
  const customer = await addPerson(desk.sql, { name: 'Amélie 李' });
  await desk.sql(
    `insert into subscription (id, user_id, plan, status, price_cents, currency, billing_interval, started_at, created_at, updated_at)
     values (gen_random_uuid(), $1, 'team', 'active', 2900, 'EUR', 'month', now(), now(), now())`,
    [customer.id],
  );
  const incident = await desk
    .callerAs('support')
    .incidents.create({ user_id: customer.id, category: 'content', title: 'A', description: 'B' });
  const request = await desk.callerAs(customer).privacy.own.create({ kind: 'access' });
  const rows = () =>
    desk.sql(`select (select json_agg(u) from app_user u) u, (select json_agg(i) from incident i) i,
      (select json_agg(p) from privacy_request p) p, (select count(*) from audit_event) a`);
  const [before] = await rows();

  const dossier = await desk.callerAs('support', 'request-dossier').dossier.get({ user_id: customer.id });

  const [after] = await rows();
  expect(after).toEqual({ ...before, a: String(Number(before?.a) + 1) });
  expect(dossier.user).toMatchObject({ id: customer.id, name: 'Amélie 李', email: customer.email });
  expect(dossier.subscription).toMatchObject({ plan: 'team', status: 'active', price_cents: 2900 });
  expect(dossier.incidents).toMatchObject([{ id: incident.id, number: incident.number }]);
  expect(dossier.privacy_requests).toMatchObject([
    { id: request.id, status: 'requested', due_at: request.due_at, overdue: false },
  ]);
  expect(dossier.audit_events.map((event) => event.action).sort()).toEqual([
    'privacy_request_create',
    'support_incident_create',
  ]);
  expect(dossier.counts).toEqual({
    incidents: 1,
    open_incidents: 1,
    privacy_requests: 1,
    open_privacy_requests: 1,
    audit_events: 2,
  });
  expect(Date.parse(dossier.as_of)).toBeLessThanOrEqual(Date.now());
  const kept = await desk.sql(
    'select action, status, actor_id, subject_user_id from audit_event where request_id = $1',
    ['request-dossier'],
  );
  expect(kept).toEqual([
    {
      action: 'support_dossier_read',
      status: 'success',
      actor_id: desk.people.support.id,
      subject_user_id: customer.id,
    },
  ]);
});

test('somebody without anything has an empty dossier', async () => {
  const customer = await addPerson(desk.sql, {});
  const dossier = await desk.callerAs('ops').dossier.get({ user_id: customer.id });
  expect(dossier).toMatchObject({ subscription: null, incidents: [], privacy_requests: [], audit_events: [] });
});

test('the dossier of nobody is not found, and the attempt is kept as failed', async () => {
  const nobody = '01890000-0000-7000-8000-000000000000';
  await expect(desk.callerAs('ops').dossier.get({ user_id: nobody })).rejects.toMatchObject({
    errorCode: 'user_not_found',
  });
  const kept = await desk.sql('select action, status from audit_event where target_id = $1', [nobody]);
  expect(kept).toEqual([{ action: 'support_dossier_read', status: 'failed' }]);
});

test('readings by two people between acts become one entry each time, and hide no act and nobody who acted', async () => {
  const customer = await addPerson(desk.sql, {});
  const [support, ops] = [desk.callerAs('support'), desk.callerAs('ops')];
  const { id } = await support.incidents.create({
    user_id: customer.id,
    category: 'content',
    title: 'A',
    description: 'B',
  });
  const read = async () => {
    for (let times = 0; times < 20; times++) await (times % 2 ? support : ops).dossier.get({ user_id: customer.id });
  };
  await read();
  await ops.incidents.update({ id, status: 'resolved' });
  await read();
  const { audit_events, readings, proofs } = await support.dossier.get({ user_id: customer.id });
  expect(audit_events.map(({ action, count }) => [action, count])).toEqual([
    ['support_dossier_read', 20],
    ['support_incident_update', undefined],
    ['support_dossier_read', 20],
    ['support_incident_create', undefined],
  ]);
  const people = [desk.people.ops.id, desk.people.support.id].sort();
  expect(readings.map(({ actors }) => actors?.map((actor) => actor.id).sort())).toEqual([people, people]);
  expect(proofs.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ['support_incident_update', desk.people.ops.id],
    ['support_incident_create', desk.people.support.id],
  ]);
});

test('refused sign-ins become one entry that says how many, beside the readings, and hide no act', async () => {
  const customer = await addPerson(desk.sql, {});
  const support = desk.callerAs('support');
  await support.incidents.create({ user_id: customer.id, category: 'content', title: 'A', description: 'B' });
  await desk.desk.refusals.closeWindow();
  for (let attempt = 0; attempt < 13; attempt++) {
    const guess = desk.callerAs(null).auth.login({ email: customer.email, password: 'wrong' });
    await expect(guess).rejects.toThrow();
  }
  await desk.desk.refusals.closeWindow();
  await support.dossier.get({ user_id: customer.id });
  const { audit_events } = await support.dossier.get({ user_id: customer.id });
  expect(audit_events.map(({ action, status, count }) => [action, status, count])).toEqual([
    ['support_dossier_read', 'success', 1],
    ['auth_login', 'denied', 13],
    ['support_incident_create', 'success', undefined],
  ]);
});

test('an old incident that is open is shown, and who opened it, however many newer ones are closed', async () => {
  const customer = await addPerson(desk.sql, {});
  const support = desk.callerAs('support');
  const create = (title: string) =>
    support.incidents.create({ user_id: customer.id, category: 'content', title, description: 'B' });
  const old = await create('Old');
  for (let number = 0; number < 25; number++) {
    await support.incidents.update({ id: (await create(`Newer ${number}`)).id, status: 'closed' });
  }
  await support.dossier.get({ user_id: customer.id });
  const dossier = await support.dossier.get({ user_id: customer.id });
  expect(dossier.open_incidents).toMatchObject([{ id: old.id, title: 'Old' }]);
  expect(dossier.counts).toMatchObject({ incidents: 26, open_incidents: 1 });
  expect(dossier.incidents).toHaveLength(20);
  expect(dossier.audit_events).toHaveLength(20);
  expect(dossier.audit_events.filter(({ count }) => count)).toEqual([]);
  expect(dossier.readings).toMatchObject([{ count: 1 }]);
  const opened = dossier.proofs.filter(({ action }) => action === 'support_incident_create');
  expect(opened.map((event) => event.target_id)).toEqual(dossier.incidents.map((incident) => incident.id));
});

test('older events of a dossier are paged for support too, each once, and a page is a reading', async () => {
  const customer = await addPerson(desk.sql, {});
  await desk.sql(
    `insert into audit_event (id, request_id, actor_id, actor_role, action, target_type, target_id, subject_user_id, status, details, created_at)
     select gen_random_uuid(), 'request-0001', $1, 'support', 'support_incident_update', 'incident', gen_random_uuid()::text, $2, 'success', '{}', now() - n / 3 * interval '1 minute'
     from generate_series(1, 60) n`,
    [desk.people.support.id, customer.id],
  );
  const support = desk.callerAs('support').dossier;
  const { counts } = await support.get({ user_id: customer.id });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await support.events({ user_id: customer.id, limit: 25, cursor });
    seen.push(...page.items.filter(({ action }) => action === 'support_incident_update').map(({ id }) => id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(counts.audit_events).toBeGreaterThanOrEqual(60);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(60);
  const readings = await desk.sql(
    "select 1 from audit_event where subject_user_id = $1 and action = 'support_dossier_read'",
    [customer.id],
  );
  expect(readings.length).toBeGreaterThanOrEqual(4);
  await expect(support.events({ user_id: crypto.randomUUID() })).rejects.toMatchObject({ errorCode: 'user_not_found' });
  await expect(desk.callerAs('user').dossier.events({ user_id: customer.id })).rejects.toMatchObject({
    errorCode: 'insufficient_role',
  });
});
