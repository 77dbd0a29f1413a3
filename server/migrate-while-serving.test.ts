import { setTimeout as sleep } from 'node:timers/promises';
import { Migration } from '@mikro-orm/migrations';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inBatches } from '../db/in-batches.ts';
import { migrate } from '../db/migrate.ts';
import { faultsOf } from '../db/migration-rules.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

/** A change of the tables in use, of every kind that the rules for migrations allow. */
class NextColumns extends Migration {
  override up(): void {
    this.addSql(`alter table app_user add next_note text null, add next_level int not null default 1`);
    this.addSql(`alter table incident add next_note text null, add next_level int not null default 1`);
    this.addSql(`alter table audit_event add next_note text null, add next_level int not null default 1`);
    this.addSql(`alter table incident add constraint next_check check (char_length(title) < 300) not valid`);
    this.addSql(
      `alter table audit_event add constraint next_actor foreign key (actor_id) references app_user (id) not valid`,
    );
    this.addSql(`alter table incident drop constraint incident_title_length`);
    this.addSql(`create table next_note (id uuid primary key, incident_id uuid not null references incident (id))`);
  }
}

class NextOnline extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(`alter table incident validate constraint next_check`);
    this.addSql(`alter table audit_event validate constraint next_actor`);
    this.addSql(`drop index concurrently if exists next_incident_index`);
    this.addSql(`create index concurrently next_incident_index on incident (next_level, created_at, id)`);
    this.addSql(`drop index concurrently if exists next_audit_index`);
    this.addSql(`create index concurrently next_audit_index on audit_event (next_level, created_at, id)`);
    this.addSql(inBatches('incident', `next_note = 'moved'`, 'next_note is null'));
  }
}

const NEXT = [
  { name: '29990101000000_next_columns', class: NextColumns },
  { name: '29990101000001_next_online', class: NextOnline },
];

const INCIDENTS = 30_000;
const AUDIT_EVENTS = 60_000;
/** Longer than a request waits for the database. */
const LONG_TRANSACTION_MS = 6_000;

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.sql(
    `insert into app_user (id, email, name, role, locale, created_at, updated_at)
     select gen_random_uuid(), 'customer' || n || '@filled.example', 'Customer ' || n, 'user', 'en', now(), now()
     from generate_series(1, 2000) n`,
  );
  await desk.sql(
    `with customer as (select array_agg(id) as ids from app_user where role = 'user')
     insert into incident (id, user_id, category, title, description, status, priority, version, created_at, updated_at)
     select gen_random_uuid(), ids[1 + n % 2000], 'account', 'Filled ' || n, 'x', 'open', 'low', 1, now(), now()
     from customer, generate_series(1, ${INCIDENTS}) n`,
  );
  await desk.sql(
    `insert into audit_event (id, request_id, actor_id, actor_role, action, target_type, target_id, subject_user_id,
       status, details, created_at)
     select gen_random_uuid(), 'filled', $1, 'support', 'support_dossier_read', 'user', u.id::text, u.id, 'success', '{}', now()
     from (select id, row_number() over () as n from app_user) u, generate_series(1, ${AUDIT_EVENTS / 2_000})`,
    [desk.people.support.id],
  );
}, 120_000);

afterAll(() => desk.close());

type Answer = { what: string; status: number; ms: number };

/** What agents do, one thing after the other, until `signal`: the build before, on the schema as it changes. */
async function serve(signal: AbortSignal, answers: Answer[]): Promise<void> {
  const ask = async (what: string, path: string, method = 'GET', body?: object) => {
    const begun = performance.now();
    const headers = { 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await desk.fetch(`/v1/support${path}`, init, 'support');
    const content = (await answer.json()) as { data: { id: string } };
    answers.push({ what, status: answer.status, ms: performance.now() - begun });
    return content.data;
  };
  const user_id = desk.people.user.id;
  while (!signal.aborted) {
    const incident = { user_id, category: 'account', title: 'Served', description: 'x' };
    const made = await ask('create', '/incidents', 'POST', incident);
    if (made) await ask('update', `/incidents/${made.id}`, 'PATCH', { status: 'closed' });
    await ask('dossier', `/users/${user_id}/context`);
    await ask('list', '/incidents?limit=20');
    await ask('search', '/users?query=filled');
  }
}

/** Something that holds a row of both tables for long, as an erasure or an export does. */
async function holdRows(ms: number): Promise<void> {
  const client = new pg.Client({ connectionString: desk.url });
  await client.connect();
  await client.query('begin');
  await client.query('select * from incident limit 1 for update');
  await client.query(`select * from app_user where email = 'customer1@filled.example' for update`);
  await client.query('select * from audit_event limit 1');
  await sleep(ms);
  await client.query('commit');
  await client.end();
}

test('a filled database is migrated while the build before serves: nothing fails, nothing waits for 5 s', async () => {
  for (const { class: Next } of NEXT) {
    const next = new Next(undefined as never, undefined as never);
    next.up();
    const statements = next.getQueries().map(String);
    expect(await faultsOf({ transactional: next.isTransactional(), statements })).toEqual([]);
  }
  const answers: Answer[] = [];
  const stopping = new AbortController();
  const serving = Promise.all(Array.from({ length: 4 }, () => serve(stopping.signal, answers)));
  await vi.waitUntil(() => answers.length >= 20, 30_000);
  const held = holdRows(LONG_TRANSACTION_MS);
  await sleep(500);
  const before = answers.length;
  const begun = performance.now();
  expect(await migrate(desk.url, { migrations: NEXT })).toEqual(NEXT.map(({ name }) => name));
  // It did wait for what held the rows, and let others pass meanwhile.
  expect(performance.now() - begun).toBeGreaterThan(LONG_TRANSACTION_MS - 1_500);
  await Promise.all([held, sleep(500)]);
  stopping.abort();
  await serving;
  expect(answers.length).toBeGreaterThan(before + 20);
  expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(5_000);
  expect(await desk.sql(`select conname from pg_constraint where not convalidated`)).toEqual([]);
  expect(await desk.sql(`select indexrelid from pg_index where not indisvalid`)).toEqual([]);
  expect(
    await desk.sql(`select count(*)::int as left from incident where next_note is null and title like 'Filled%'`),
  ).toEqual([{ left: 0 }]);
}, 120_000);

test('a migration that others are in the way of for too long fails, and leaves the schema as it was', async () => {
  class Blocked extends Migration {
    override up(): void {
      this.addSql('alter table incident add blocked text null');
    }
  }
  const held = holdRows(3_000);
  await sleep(200);
  const migrations = [...NEXT, { name: '29990101000002_blocked', class: Blocked }];
  await expect(migrate(desk.url, { migrations, patience: 1_000 })).rejects.toMatchObject({ code: '55P03' });
  await held;
  expect(await desk.sql(`select 1 from pg_attribute where attname = 'blocked'`)).toEqual([]);
  expect(await migrate(desk.url, { migrations })).toEqual(['29990101000002_blocked']);
}, 60_000);
