import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';
import type { IncidentCreateInput } from './incidents.schema.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

const open = (over: Partial<IncidentCreateInput> = {}, requestId?: string) =>
  desk.callerAs('support', requestId).incidents.create({
    user_id: desk.people.user.id,
    category: 'account',
    title: 'Cannot sign in',
    description: 'Since this morning.',
    ...over,
  });

const events = (target: string) =>
  desk.sql<{ action: string; status: string; actor_id: string; request_id: string; details: Record<string, unknown> }>(
    'select action, status, actor_id, request_id, details from audit_event where target_id = $1 order by created_at, id',
    [target],
  );

const failure = (code: string, details?: unknown) =>
  expect.objectContaining({ errorCode: code, ...(details ? { details } : {}) });

test('an incident is kept with status, priority and time, and leaves one event, as does each reading', async () => {
  const incident = await open({ priority: 'high' }, 'request-create-1');
  expect(incident).toMatchObject({ status: 'open', priority: 'high', version: 1, resolved_at: null, closed_at: null });
  expect(incident.number).toBeGreaterThan(0);
  expect(await desk.callerAs('ops').incidents.get({ id: incident.id })).toMatchObject(incident);
  expect(await events(incident.id)).toEqual([
    {
      action: 'support_incident_create',
      status: 'success',
      actor_id: desk.people.support.id,
      request_id: 'request-create-1',
      details: { category: 'account', priority: 'high', status: 'open' },
    },
    {
      action: 'support_incident_read',
      status: 'success',
      actor_id: desk.people.ops.id,
      request_id: 'request-of-a-test',
      details: {},
    },
  ]);
  const { audit_events } = await desk.callerAs('ops').incidents.get({ id: incident.id });
  expect(audit_events.map(({ action }) => action)).toEqual(['support_incident_create']);
});

test('an incident about nobody, or given to somebody who is no agent, is refused', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  await expect(open({ user_id: nobody })).rejects.toEqual(failure('user_not_found'));
  await expect(open({ assignee_id: desk.people.user.id })).rejects.toEqual(failure('validation_failed'));
});

test('moving through the statuses sets and clears the times', async () => {
  const { id } = await open();
  const support = desk.callerAs('support').incidents;
  const resolved = await support.update({ id, status: 'resolved' });
  expect(resolved.resolved_at).toBe(resolved.updated_at);
  const back = await support.update({ id, status: 'in_progress' });
  expect(back).toMatchObject({ resolved_at: null, closed_at: null, version: 3 });
  const closed = await support.update({ id, status: 'closed' });
  expect(closed).toMatchObject({ resolved_at: null, closed_at: closed.updated_at });
  await expect(support.update({ id, status: 'in_progress' })).rejects.toEqual(
    failure('incident_invalid_transition', { from: 'closed', to: 'in_progress', allowed: [] }),
  );
  const reopened = await desk.callerAs('ops').incidents.update({ id, status: 'in_progress' });
  expect(reopened).toMatchObject({ status: 'in_progress', closed_at: null });
  expect((await events(id)).map((event) => `${event.action} ${event.status}`)).toEqual([
    'support_incident_create success',
    'support_incident_update success',
    'support_incident_update success',
    'support_incident_close success',
    'support_incident_reopen failed',
    'support_incident_reopen success',
  ]);
});

test('the details of an event name fields and never hold their text', async () => {
  const { id } = await open();
  await desk
    .callerAs('support')
    .incidents.update({ id, title: 'Secret title', description: 'Secret words', priority: 'low' });
  const event = (await events(id)).at(-1);
  expect(event?.details).toEqual({ fields: ['priority', 'title', 'description'], priority: 'low' });
});

test('a stale version is refused and changes nothing', async () => {
  const { id, version } = await open();
  const support = desk.callerAs('support').incidents;
  await support.update({ id, priority: 'high', version });
  await expect(support.update({ id, priority: 'low', version })).rejects.toEqual(
    failure('incident_version_conflict', { expected: 1, actual: 2 }),
  );
  expect(await support.get({ id })).toMatchObject({ priority: 'high', version: 2 });
});

test('of many agents closing at once one wins, and there is one close event', async () => {
  const { id, version } = await open();
  const close = (role: 'support' | 'ops') => desk.callerAs(role).incidents.update({ id, status: 'closed', version });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => close(i % 2 ? 'support' : 'ops')));
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  const closes = (await events(id)).filter((event) => event.action === 'support_incident_close');
  expect(closes.filter((event) => event.status === 'success')).toHaveLength(1);
  expect(closes.filter((event) => event.status === 'failed')).toHaveLength(7);
});

test('a failed change leaves nothing but its failed event', async () => {
  const { id } = await open();
  const change = desk.callerAs('support').incidents.update({ id, title: 'New', assignee_id: desk.people.user.id });
  await expect(change).rejects.toEqual(failure('validation_failed'));
  expect(await desk.callerAs('support').incidents.get({ id })).toMatchObject({ title: 'Cannot sign in', version: 1 });
});

test('an unknown incident is not found, and the attempt is kept', async () => {
  const id = '01890000-0000-7000-8000-000000000000';
  await expect(desk.callerAs('support').incidents.update({ id, priority: 'low' })).rejects.toEqual(
    failure('incident_not_found'),
  );
  expect(await events(id)).toMatchObject([{ action: 'support_incident_update', status: 'failed' }]);
});

describe('the list', () => {
  test('filters, and finds by number and by a fragment without its accents', async () => {
    const customer = await addPerson(desk.sql, { name: 'Zoé' });
    const support = desk.callerAs('support').incidents;
    const mine = await open({
      user_id: customer.id,
      title: 'Réglage perdu',
      category: 'content',
      assignee_id: desk.people.support.id,
    });
    const other = await open({
      user_id: customer.id,
      title: 'Facture 100% fausse',
      category: 'subscription',
      priority: 'high',
    });
    const ids = async (input: Parameters<typeof support.list>[0]) =>
      (await support.list({ user_id: customer.id, ...input })).items.map((item) => item.id);
    expect(await ids({})).toEqual([other.id, mine.id]);
    expect(await ids({ category: ['content', 'subscription'] })).toEqual([other.id, mine.id]);
    expect(await ids({ category: ['content'] })).toEqual([mine.id]);
    expect(await ids({ assignee_id: 'me' })).toEqual([mine.id]);
    expect(await ids({ assignee_id: 'none' })).toEqual([other.id]);
    expect(await ids({ priority: 'high' })).toEqual([other.id]);
    expect(await ids({ query: 'REGLAGE' })).toEqual([mine.id]);
    expect(await ids({ query: '0% f' })).toEqual([other.id]);
    expect(await ids({ query: '%' })).toEqual([other.id]);
    expect(await ids({ query: `#${mine.number}` })).toEqual([mine.id]);
    expect(await ids({ status: 'closed' })).toEqual([]);
  });

  test('pages forth and back without gap or repeat, also where times are equal', async () => {
    const customer = await addPerson(desk.sql, {});
    const made = [];
    for (let i = 0; i < 7; i++) made.push(await open({ user_id: customer.id, title: `Number ${i}` }));
    await desk.sql("update incident set created_at = '2026-01-01' where user_id = $1", [customer.id]);
    const support = desk.callerAs('support').incidents;
    const seen: string[] = [];
    let cursor: string | undefined;
    let last: Awaited<ReturnType<typeof support.list>>;
    do {
      last = await support.list({ user_id: customer.id, limit: 3, cursor });
      seen.push(...last.items.map((item) => item.id));
      cursor = last.next_cursor ?? undefined;
    } while (cursor);
    expect(last).toMatchObject({ has_more: false, total: 7, total_capped: false });
    expect([...seen].sort()).toEqual(made.map((incident) => incident.id).sort());
    const before = await support.list({ user_id: customer.id, limit: 3, cursor: last.prev_cursor ?? '' });
    expect(before.items.map((item) => item.id)).toEqual(seen.slice(3, 6));
    expect(before.has_more).toBe(true);
  });

  test.each([
    'x',
    'e30',
    Buffer.from('a|1|2').toString('base64url'),
    Buffer.from("a|01890000-0000-7000-8000-000000000000|2026-01-01'").toString('base64url'),
  ])('the forged cursor %s is refused', async (cursor) => {
    await expect(desk.callerAs('support').incidents.list({ cursor })).rejects.toEqual(failure('validation_failed'));
  });
});

describe('readings of lists', () => {
  const readings = (userId: string) =>
    desk.sql<{ target_type: string; target_id: string }>(
      "select target_type, target_id from audit_event where action = 'support_incident_read' and subject_user_id = $1 order by target_type, target_id",
      [userId],
    );

  test('a list shows no description, unless it is asked for: then each incident shown was read', async () => {
    const customer = await addPerson(desk.sql, {});
    const ids = [];
    for (const title of ['One', 'Two', 'Three']) ids.push((await open({ user_id: customer.id, title })).id);
    const { incidents } = desk.callerAs('support');
    const all = await incidents.list({ limit: 3 });
    expect(all.items.map((item) => 'description' in item)).toEqual([false, false, false]);
    expect(await readings(customer.id)).toEqual([]);
    const two = await incidents.list({ user_id: customer.id, include: 'description', limit: 2 });
    expect(two.items.map(({ description }) => description)).toEqual(['Since this morning.', 'Since this morning.']);
    expect(await readings(customer.id)).toEqual([
      ...[ids[1], ids[2]].sort().map((id) => ({ target_type: 'incident', target_id: id })),
      { target_type: 'user', target_id: customer.id },
    ]);
  });

  test("a list of one customer's incidents is a reading of them, refused or not", async () => {
    const customer = await addPerson(desk.sql, {});
    await desk.callerAs('support').incidents.list({ user_id: customer.id });
    expect(await readings(customer.id)).toEqual([{ target_type: 'user', target_id: customer.id }]);
    await expect(desk.callerAs('user').incidents.list({ user_id: customer.id })).rejects.toEqual(
      failure('insufficient_role'),
    );
    const denied = await desk.sql(
      "select action, subject_user_id from audit_event where actor_id = $1 and status = 'denied' order by created_at",
      [desk.people.user.id],
    );
    expect(denied.at(-1)).toEqual({ action: 'support_incident_read', subject_user_id: null });
  });
});

test('work does not begin again for somebody erased', async () => {
  const customer = await addPerson(desk.sql, {});
  const { id } = await open({ user_id: customer.id });
  await desk.callerAs('support').incidents.update({ id, status: 'closed' });
  await desk.sql('update app_user set erased_at = now() where id = $1', [customer.id]);
  await expect(desk.callerAs('ops').incidents.update({ id, status: 'in_progress' })).rejects.toEqual(
    failure('user_not_found'),
  );
  expect(await desk.callerAs('support').incidents.get({ id })).toMatchObject({ status: 'closed', version: 2 });
});

test('work that would begin again waits for an erasure under way, and then does not begin', async () => {
  const customer = await addPerson(desk.sql, {});
  const { id } = await open({ user_id: customer.id });
  await desk.callerAs('support').incidents.update({ id, status: 'closed' });
  const erasing = new pg.Client({ connectionString: desk.url });
  await erasing.connect();
  try {
    await erasing.query('begin');
    await erasing.query('select 1 from app_user where id = $1 for update', [customer.id]);
    const begun = desk.callerAs('ops').incidents.update({ id, status: 'in_progress' });
    begun.catch(() => {});
    const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await vi.waitFor(async () => expect(await desk.sql(waiting)).toHaveLength(1), 4_000);
    await erasing.query('update app_user set erased_at = now() where id = $1', [customer.id]);
    await erasing.query('commit');
    await expect(begun).rejects.toEqual(failure('user_not_found'));
  } finally {
    await erasing.end();
  }
  expect(await desk.callerAs('support').incidents.get({ id })).toMatchObject({ status: 'closed', version: 2 });
});

test("two at once: the order of versions is that of times and events, also after the row's clock ran ahead", async () => {
  const { id } = await open();
  await desk.sql(
    "update incident set updated_at = date_trunc('milliseconds', now()) + interval '10 minutes' where id = $1",
    [id],
  );
  const [before] = await desk.sql<{ updated_at: Date }>('select updated_at from incident where id = $1', [id]);
  const changes = Array.from({ length: 8 }, (_, index) =>
    desk.callerAs(index % 2 ? 'ops' : 'support').incidents.update({ id, priority: index % 3 ? 'high' : 'low' }),
  );
  const changed = (await Promise.all(changes)).sort((a, b) => a.version - b.version);
  const times = changed.map(({ updated_at }) => updated_at);
  expect(times).toEqual([...new Set(times)].sort());
  expect(Date.parse(times[0] ?? '')).toBeGreaterThan(new Date(before?.updated_at ?? '').getTime());
  const kept = await desk.sql<{ created_at: Date }>(
    "select created_at from audit_event where target_id = $1 and action = 'support_incident_update' order by created_at, id",
    [id],
  );
  expect(kept.map(({ created_at }) => new Date(created_at).toISOString())).toEqual(times);
});
