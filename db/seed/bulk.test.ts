import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../server/testing/database.ts';
import { legalCalendar } from '../legal-calendar.ts';
import { HasCustomersError, seedBulk } from './bulk.ts';
import { type BulkOptions, parseBulkOptions } from './bulk-options.ts';
import { copyRows } from './copy.ts';
import { buildIncident, buildUser } from './factories.ts';

type Database = Awaited<ReturnType<typeof createTestDatabase>>;

const TABLES = ['app_user', 'subscription', 'incident', 'privacy_request', 'audit_event'] as const;
const options: BulkOptions = parseBulkOptions(['--users', '1000', '--privacy-requests', '0.3', '--audit-events', '7']);
const databases: Database[] = [];

async function freshDatabase(): Promise<{ url: string; client: pg.Client }> {
  const database = await createTestDatabase();
  databases.push(database);
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {});
  await client.connect();
  return { url: database.url, client };
}

function seed(url: string, overrides: Partial<BulkOptions> = {}, passwordHash: string | null = null) {
  return seedBulk(url, { ...options, ...overrides, calendar: legalCalendar() }, passwordHash, () => {});
}

async function number(client: pg.Client, sql: string): Promise<number> {
  const { rows } = await client.query<{ number: number }>(`select (${sql})::int as number`);
  return rows[0]?.number ?? Number.NaN;
}

async function schemaOf(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(`
    select tablename as on, indexname as name, indexdef as definition from pg_indexes where schemaname = 'public'
    union all
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) || ' ' || convalidated from pg_constraint
    where connamespace = 'public'::regnamespace
    order by 1, 2, 3`);
  return rows;
}

async function checksums(client: pg.Client): Promise<string[]> {
  const sums: string[] = [];
  for (const table of TABLES) {
    const sql = `select md5(string_agg(t::text, '|' order by id)) as sum from ${table} t`;
    sums.push((await client.query<{ sum: string }>(sql)).rows[0]?.sum ?? '');
  }
  return sums;
}

afterAll(async () => {
  for (const database of databases) await database.drop();
});

describe('bulk data', () => {
  let url: string;
  let client: pg.Client;
  let schemaBefore: unknown[];

  beforeAll(async () => {
    ({ url, client } = await freshDatabase());
    schemaBefore = await schemaOf(client);
    const totals = await seed(url);
    expect(totals).toMatchObject({ app_user: 1_008, incident: 2_000, privacy_request: 300, audit_event: 7_000 });
  });

  test('leaves indexes and constraints exactly as they were', async () => {
    expect(await schemaOf(client)).toEqual(schemaBefore);
  });

  test('is the same on every run', async () => {
    const again = await freshDatabase();
    await seed(again.url);
    expect(await checksums(again.client)).toEqual(await checksums(client));
  });

  test('numbers go on after the loaded incidents', async () => {
    const [user] = (await client.query<{ id: string }>('select id from app_user limit 1')).rows;
    const incident = buildIncident({ user_id: user?.id ?? '' });
    const columns = [
      'id',
      'user_id',
      'category',
      'title',
      'description',
      'status',
      'priority',
      'created_at',
      'updated_at',
    ] as const;
    const marks = columns.map((_, index) => `$${index + 1}`).join(', ');
    await client.query('begin');
    await client.query(
      `insert into incident (${columns.join(', ')}) values (${marks})`,
      columns.map((column) => incident[column]),
    );
    expect(await number(client, 'select max(number) from incident')).toBe(2_001);
    await client.query('rollback');
  });

  test('lies before the instant it stands at, with ids of its own time', async () => {
    const at = options.asOf.toISOString();
    for (const table of TABLES) {
      const wrong = `select count(*) from ${table} where created_at > '${at}' or uuid_extract_timestamp(id) <> created_at`;
      expect(await number(client, wrong), table).toBe(0);
    }
    expect(await number(client, `select count(*) from incident where updated_at > '${at}'`)).toBe(0);
    expect(await number(client, `select count(*) from privacy_request where updated_at > '${at}'`)).toBe(0);
  });

  test('gives each incident and privacy request its whole history', async () => {
    const history = (table: string) => `
      select count(*) from ${table} r where r.version <>
        (select count(*) from audit_event e where e.target_id = r.id::text and e.status = 'success')`;
    expect(await number(client, history('incident'))).toBe(0);
    expect(await number(client, history('privacy_request'))).toBe(0);
  });

  test('is refused where customers are, unless told to append', async () => {
    await expect(seed(url)).rejects.toThrow(HasCustomersError);
    const { url: other, client: otherClient } = await freshDatabase();
    await seed(other, { users: 100 }, '$argon2id$');
    await seed(other, { users: 300, append: true }, '$argon2id$');
    expect(await number(otherClient, `select count(*) from app_user where role = 'user'`)).toBe(401);
    expect(await number(otherClient, 'select count(*) from incident')).toBe(800);
    expect(await number(otherClient, 'select count(*) from app_user where password_hash is not null')).toBe(3);
    await otherClient.end();
  });

  test('that fails leaves the database as it was', async () => {
    const broken = await freshDatabase();
    await broken.client.query(`alter table audit_event add constraint nothing_goes check (actor_role <> 'user')`);
    const before = await schemaOf(broken.client);
    await expect(seed(broken.url)).rejects.toThrow('nothing_goes');
    expect(await schemaOf(broken.client)).toEqual(before);
    expect(await number(broken.client, 'select count(*) from app_user')).toBe(0);
  });
});

test('COPY keeps every character', async () => {
  const { client } = await freshDatabase();
  const storable = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => !text.includes('\u0000'));
  const special = fc.constantFrom('\\N', '\\.', 'a\tb', 'a\nb\r\nc', '\\', 'C:\\new\\table', '💥 é ア ', "'; --");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(special, storable), { minLength: 1, maxLength: 30 }), async (names) => {
      await client.query('begin');
      const users = names.map((name) => buildUser({ name }));
      await copyRows(client, 'app_user', users, () => {});
      const { rows } = await client.query<{ id: string; name: string }>('select id, name from app_user');
      await client.query('rollback');
      const kept = new Map(rows.map(({ id, name }) => [id, name]));
      expect(users.map(({ id }) => kept.get(id))).toEqual(names);
    }),
    { numRuns: 15 },
  );
  await client.end();
});
