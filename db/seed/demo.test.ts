import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../../server/incidents/incidents.rules.ts';
import { extendedDeadline, firstDeadline } from '../../server/privacy/deadline.rules.ts';
import { PRIVACY_KINDS, PRIVACY_STATUSES } from '../../server/privacy/privacy.rules.ts';
import { SUBSCRIPTION_STATUSES } from '../../server/subscriptions/subscriptions.rules.ts';
import { createTestDatabase } from '../../server/testing/database.ts';
import { legalCalendar } from '../legal-calendar.ts';
import { demoDesk, seedDemo } from './demo.ts';

const now = new Date('2026-03-31T16:20:00.000Z');
const calendar = legalCalendar();
const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaA';
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  return (await client.query<T>(sql)).rows;
}

async function count(from: string): Promise<number> {
  const [row] = await rows<{ count: number }>(`select count(*)::int from ${from}`);
  return row?.count ?? -1;
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  expect(await seedDemo(database.url, { now, calendar, passwordHash })).toBe(true);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('demo data', () => {
  test('is loaded once and is the same for the same instant', async () => {
    const before = await count('audit_event');
    expect(await seedDemo(database.url, { now, calendar, passwordHash })).toBe(false);
    expect(await count('audit_event')).toBe(before);
    expect(JSON.stringify(demoDesk(now, calendar, passwordHash))).toBe(
      JSON.stringify(demoDesk(now, calendar, passwordHash)),
    );
  });

  test('has the promised size', async () => {
    expect(await count(`app_user where role = 'user'`)).toBe(2_001);
    expect(await count('incident')).toBe(600);
    expect(await count(`app_user where password_hash is not null`)).toBe(3);
    expect(
      await count(`app_user u where not exists (select from subscription s where s.user_id = u.id)`),
    ).toBeGreaterThan(100);
  });

  test('has every subscription status, incident status with priority, and privacy kind with status', async () => {
    expect((await rows('select distinct status from subscription')).length).toBe(SUBSCRIPTION_STATUSES.length);
    const incidents = await rows('select distinct status, priority from incident');
    expect(incidents.length).toBe(INCIDENT_STATUSES.length * INCIDENT_PRIORITIES.length);
    const requests = await rows('select distinct kind, status from privacy_request');
    // All pairs but access and erasure under way, and a rectification that failed.
    expect(requests.length).toBe(PRIVACY_KINDS.length * PRIVACY_STATUSES.length - 3);
    expect(new Set(requests.map(({ status }) => status)).size).toBe(PRIVACY_STATUSES.length);
  });

  test('has a job for each request that the desk is to carry out, and for nothing else', async () => {
    const jobs = await rows(`select payload->>'id' as id from graphile_worker._private_jobs order by 1`);
    const approved = await rows(
      `select id::text from privacy_request where status = 'approved' and kind in ('access', 'erasure') order by 1`,
    );
    expect(jobs.length).toBeGreaterThan(5);
    expect(jobs).toEqual(approved);
  });

  test('lies in the past, in the order of things', async () => {
    const latest = await rows<{ latest: Date }>(`
      select max(latest) as latest from (
        select max(updated_at) from app_user union all select max(last_sign_in_at) from app_user
        union all select max(updated_at) from incident union all select max(updated_at) from privacy_request
        union all select max(created_at) from audit_event union all select max(updated_at) from subscription
      ) t(latest)`);
    expect(latest[0]?.latest.getTime()).toBeLessThanOrEqual(now.getTime());
    expect(await count('incident i join app_user u on u.id = i.user_id where i.created_at < u.created_at')).toBe(0);
    expect(await count('privacy_request r join app_user u on u.id = r.user_id where r.created_at < u.created_at')).toBe(
      0,
    );
    const outOfOrder = 'incident a join incident b on a.number < b.number and a.created_at > b.created_at';
    expect(await count(outOfOrder)).toBe(0);
  });

  test.each([
    'app_user',
    'subscription',
    'incident',
    'privacy_request',
    'audit_event',
  ])('gives %s rows UUIDv7 ids made when the row was', async (table) => {
    const wrong = `${table} where uuid_extract_version(id) <> 7 or uuid_extract_timestamp(id) <> created_at`;
    expect(await count(wrong)).toBe(0);
  });

  test('has an audit history that ends in each incident as it stands', async () => {
    const wrong = await rows(`
      with history as (
        select i.id, i.status, i.version, i.priority, i.category, i.assignee_id, i.updated_at,
          array_agg(e.action order by e.created_at, e.id) as actions,
          array_agg(coalesce(e.details->>'from', '') order by e.created_at, e.id) filter (where e.details ? 'to') as left_,
          array_agg(e.details->>'to' order by e.created_at, e.id) filter (where e.details ? 'to') as reached,
          (array_agg(e.details->>'priority' order by e.created_at desc) filter (where e.details ? 'priority'))[1] as last_priority,
          (array_agg(e.details->>'category' order by e.created_at desc) filter (where e.details ? 'category'))[1] as last_category,
          (array_agg(e.details->>'assignee_id' order by e.created_at desc) filter (where e.details ? 'assignee_id'))[1] as last_assignee,
          max(e.created_at) as last_at, bool_and(e.subject_user_id = i.user_id) as subject
        from incident i join audit_event e on e.target_id = i.id::text and e.status = 'success'
        group by i.id
      )
      select id from history
      where actions[1] <> 'support_incident_create'
        or cardinality(actions) <> version
        or coalesce(reached[cardinality(reached)], 'open') <> status
        or coalesce(left_, array['open']) <> coalesce((array_prepend('open', reached))[1:cardinality(reached)], array['open'])
        or last_priority <> priority or last_category <> category
        or last_assignee is distinct from assignee_id::text
        or last_at <> updated_at or not subject`);
    expect(wrong).toEqual([]);
    expect(await count(`audit_event where action = 'support_incident_create'`)).toBe(600);
  });

  test('has a privacy history that ends in each request as it stands, and deadlines by the rules', async () => {
    const wrong = await rows(`
      select r.id from privacy_request r join audit_event e on e.target_id = r.id::text
      group by r.id
      having count(*) <> r.version or max(e.created_at) <> r.updated_at
        or coalesce((array_agg(e.details->>'to' order by e.created_at desc) filter (where e.details ? 'to'))[1], 'requested') <> r.status
        or (r.status in ('denied', 'failed')) <> (r.reason is not null)
        or (r.status = 'completed') <> (r.completed_at is not null)`);
    expect(wrong).toEqual([]);
    const requests = await rows<{ received_at: Date; first_due_at: Date; due_at: Date; extended_at: Date | null }>(
      'select received_at, first_due_at, due_at, extended_at from privacy_request',
    );
    for (const { received_at, first_due_at, due_at, extended_at } of requests) {
      expect(first_due_at).toEqual(firstDeadline(received_at, calendar));
      expect(due_at).toEqual(
        extended_at ? extendedDeadline(received_at, calendar) : firstDeadline(received_at, calendar),
      );
      if (extended_at) expect(extended_at.getTime()).toBeLessThan(first_due_at.getTime());
    }
  });

  test('has clocks that ran out, and clocks extended', async () => {
    const open = `status in ('requested', 'identity_check', 'approved', 'processing', 'failed')`;
    const at = `'${now.toISOString()}'::timestamptz`;
    expect(await count(`privacy_request where ${open} and due_at < ${at}`)).toBeGreaterThan(3);
    expect(await count(`privacy_request where ${open} and extended_at is not null`)).toBeGreaterThan(3);
    expect(await count(`privacy_request where ${open} and due_at > ${at}`)).toBeGreaterThan(40);
  });

  test('leaves nothing personal of the erased', async () => {
    const erased = await count('app_user where erased_at is not null');
    expect(erased).toBeGreaterThan(0);
    expect(
      await count('app_user where erased_at is not null and (email is not null or password_hash is not null)'),
    ).toBe(0);
    expect(await count(`privacy_request where kind = 'erasure' and status = 'completed' and details is null`)).toBe(
      erased,
    );
  });

  test('gives the demo agents and the demo customer something to do', async () => {
    const [agent] = await rows<{ in_hand: number; unassigned_high: number }>(`
      select count(*) filter (where i.status = 'in_progress' and u.email = 'support@demo.example')::int as in_hand,
        count(*) filter (where i.status = 'open' and i.assignee_id is null and i.priority = 'high')::int as unassigned_high
      from incident i left join app_user u on u.id = i.assignee_id`);
    expect(agent?.in_hand).toBeGreaterThan(5);
    expect(agent?.unassigned_high).toBeGreaterThan(4);
    const own = await rows<{ status: string }>(`
      select distinct i.status from incident i join app_user u on u.id = i.user_id where u.email = 'user@demo.example'`);
    expect(own.length).toBe(INCIDENT_STATUSES.length);
    const asked = await rows(`
      select r.kind, r.status from privacy_request r join app_user u on u.id = r.user_id
      where u.email = 'user@demo.example' order by r.created_at`);
    expect(asked).toEqual([
      { kind: 'access', status: 'completed' },
      { kind: 'rectification', status: 'completed' },
      { kind: 'access', status: 'approved' },
      { kind: 'rectification', status: 'identity_check' },
    ]);
  });
});
