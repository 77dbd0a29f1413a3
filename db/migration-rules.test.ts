import { join } from 'node:path';
import type { Migration } from '@mikro-orm/migrations';
import { describe, expect, test } from 'vitest';
import { inBatches } from './in-batches.ts';
import { EXEMPT, faultsOf, LAST_BEFORE_RULES, type MigrationText } from './migration-rules.ts';
import { splitMigration } from './migration-split.ts';
import { KNOWN_MIGRATIONS, MIGRATIONS } from './newer-schema.ts';

async function textOf(name: string): Promise<MigrationText> {
  const [migrationClass] = Object.values((await import(join(MIGRATIONS, `${name}.ts`))) as object);
  const migration = new migrationClass() as Migration;
  await migration.up();
  return { transactional: migration.isTransactional(), statements: migration.getQueries().map(String) };
}

describe('the migrations of this build', () => {
  test('start from the last one that is history', () => {
    expect(KNOWN_MIGRATIONS).toContain(LAST_BEFORE_RULES);
  });

  test('let the build before serve meanwhile', async () => {
    const faults: Record<string, string[]> = {};
    for (const name of KNOWN_MIGRATIONS.filter((known) => known > LAST_BEFORE_RULES && !EXEMPT[known])) {
      const found = await faultsOf(await textOf(name));
      if (found.length > 0) faults[name] = found;
    }
    expect(faults, 'see "Add a column or a table" in CONTRIBUTING.md').toEqual({});
  });

  test('are exempt only with a reason, by their name', () => {
    for (const [name, reason] of Object.entries(EXEMPT)) {
      expect(KNOWN_MIGRATIONS).toContain(name);
      expect(reason.length).toBeGreaterThan(20);
    }
  });

  test('of before the rules would not all pass', async () => {
    expect(await faultsOf(await textOf('20261122153826_incident_index_per_status'))).toHaveLength(5);
    expect(await faultsOf(await textOf(LAST_BEFORE_RULES))).toHaveLength(2);
  });
});

const IN_TRANSACTION: [string, RegExp | null][] = [
  ['alter table incident add "note" text null', null],
  ['alter table incident add "a" text null, add "b" int not null default 3', null],
  ["alter table incident add a text not null default 'x'::text", null],
  ['alter table incident add a text not null', /no default/],
  ['alter table incident add a timestamptz default now()', /constant default/],
  ['alter table incident add a uuid default gen_random_uuid()', /constant default/],
  ['alter table incident add a int generated always as identity', /constant default/],
  ['alter table incident add a text generated always as (lower(title)) stored', /constant default/],
  ['alter table incident add a text unique', /constant default/],
  ["alter table incident add a text check (a <> '')", /constant default/],
  ['alter table incident add a uuid references app_user (id)', /constant default/],
  ['alter table incident add a int, add check (a > 0)', /not valid/],
  ['alter table incident add constraint c check (version > 0)', /not valid/],
  ['alter table incident add constraint c check (version > 0) not valid', null],
  ['alter table incident add constraint f foreign key (user_id) references app_user (id)', /not valid/],
  ['alter table incident add constraint f foreign key (user_id) references app_user (id) not valid', null],
  ['alter table incident validate constraint c', /not transactional/],
  ['alter table incident drop constraint c', null],
  ['alter table incident add constraint u unique (number)', /concurrently/],
  ['alter table incident add constraint u unique using index u', null],
  ['alter table incident add primary key (number)', /concurrently/],
  ['alter table incident add exclude using gist (period with &&)', /concurrently/],
  ['alter table incident alter column title set not null', /reads every row/],
  ['alter table incident alter column title drop not null', null],
  ["alter table incident alter column title set default ''", null],
  ['alter table incident alter column number type bigint', /every row anew/],
  ['alter table incident drop column title', /a release later/],
  ['alter table incident set unlogged', /not known/],
  ['alter table incident rename column title to subject', /rename/],
  ['alter table incident rename to ticket', /rename/],
  ['drop table incident', /a release later/],
  ['drop function guichet_fold(text)', /a release later/],
  ['drop index incident_search_index', /concurrently/],
  ['create index i on incident (title)', /concurrently/],
  ['create unique index i on incident (title)', /concurrently/],
  ['create index concurrently i on incident (title)', /not transactional/],
  ['reindex table incident', /not known/],
  ['cluster incident using i', /not known/],
  ['vacuum full incident', /not known/],
  ['truncate incident', /not known/],
  ['lock table incident', /not known/],
  ['set lock_timeout = 0', /not known/],
  ['commit', /not known/],
  ["do $$ begin execute 'truncate incident'; end $$", /not known/],
  ["update incident set title = 'x'", /in batches/],
  ['delete from incident', /in batches/],
  ['insert into incident select * from incident', /in batches/],
  ['create table note (id uuid primary key); create index i on note (id); alter table note add check (id > id)', null],
  ['create table note (id uuid primary key); insert into note select id from incident', null],
  ['create table note (id uuid primary key); create index i on incident (title)', /concurrently/],
  ['create table note (id uuid references incident (id)); alter table incident add a text', /alter it first/],
  ['alter table incident add a text; create table note (id uuid references incident (id))', null],
  [
    `alter table session add constraint f foreign key (user_id) references app_user (id) not valid;
     alter table app_user add a text`,
    /alter it first/,
  ],
  [
    `alter table session add constraint f foreign key (user_id) references app_user (id) not valid;
     alter table session add a text`,
    /alter it first/,
  ],
];

test.each(IN_TRANSACTION)('in a transaction: %s', async (statement, fault) => {
  const faults = await faultsOf({ transactional: true, statements: [statement] });
  if (fault === null) expect(faults).toEqual([]);
  else expect(faults.join()).toMatch(fault);
});

const BY_ITSELF: [string[], RegExp | null][] = [
  [['alter table incident validate constraint c'], null],
  [['drop index concurrently if exists i', 'create index concurrently i on incident (title)'], null],
  [['drop index concurrently if exists j', 'create index concurrently i on incident (title)'], /right before/],
  [['create index concurrently if not exists i on incident (title)'], /right before/],
  [['drop index concurrently if exists i', 'create index i on incident (title)'], /concurrently/],
  [['drop index i'], /concurrently if exists/],
  [['drop table incident'], /concurrently if exists/],
  [['alter table incident add a text'], /only altered by/],
  [["update incident set title = 'x'"], /transactional/],
  [[inBatches('incident', "title = 'x'", "title <> 'x'")], null],
  [["do $$ begin update incident set title = 'x'; end $$"], /transactional/],
];

test.each(BY_ITSELF)('each by itself: %s', async (statements, fault) => {
  const faults = await faultsOf({ transactional: false, statements });
  if (fault === null) expect(faults).toEqual([]);
  else expect(faults.join()).toMatch(fault);
});

test('what is generated is split into what the rules allow', async () => {
  const { inTransaction, online } = await splitMigration([
    'create table "note" ("id" uuid not null, primary key ("id"));',
    'create index "note_index" on "note" ("id");',
    'alter table "note" add constraint "note_check" check (id <> id);',
    'alter table "incident" add "note_id" uuid null;',
    'alter table "incident" drop constraint "incident_kind_check";',
    `alter table "incident" add constraint "incident_kind_check" check ("kind" in ('a; b', 'c'));`,
    'alter table "incident" add constraint "incident_note" foreign key ("note_id") references "note" ("id");',
    'alter table "incident" add constraint "incident_pair_unique" unique ("note_id", "number");',
    'create index "incident_note_index" on "incident" ("note_id");',
    "create unique index incident_open_index on incident (priority) where status = 'open'",
    'drop index "incident_old_index";',
  ]);
  expect(await faultsOf({ transactional: true, statements: inTransaction })).toEqual([]);
  expect(await faultsOf({ transactional: false, statements: online })).toEqual([]);
  expect(inTransaction.slice(-2)).toEqual([
    `alter table "incident" add constraint "incident_kind_check" check ("kind" in ('a; b', 'c')) not valid;`,
    'alter table "incident" add constraint "incident_note" foreign key ("note_id") references "note" ("id") not valid;',
  ]);
  expect(online).toEqual([
    'alter table "incident" validate constraint "incident_kind_check";',
    'alter table "incident" validate constraint "incident_note";',
    'drop index concurrently if exists "incident_pair_unique";',
    'create unique index concurrently "incident_pair_unique" on "incident" ("note_id", "number");',
    'drop index concurrently if exists "incident_note_index";',
    'create index concurrently "incident_note_index" on "incident" ("note_id");',
    'drop index concurrently if exists "incident_open_index";',
    "create unique index concurrently incident_open_index on incident (priority) where status = 'open'",
    'drop index concurrently if exists "incident_old_index";',
  ]);
});
