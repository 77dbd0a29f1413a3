import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createDatabase } from '../server/testing/database.ts';
import { migrate } from './migrate.ts';
import { ormOptions } from './orm.config.ts';

test('three instances that start at once on an empty database apply each migration once', async () => {
  const url = await createDatabase(inject('databaseUrl'), 'concurrent_migrate');
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);

  const names = applied.flat();
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names).size).toBe(names.length);
  expect(applied.filter((list) => list.length > 0)).toHaveLength(1);

  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by id');
  await client.end();
  expect(rows.map((row) => row.name)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
});

test('every change of an entity has its migration', async () => {
  const orm = await MikroORM.init(ormOptions('postgres://localhost/guichet'));
  const lacksMigration = await orm.migrator.checkSchema();
  await orm.close(true);
  expect(lacksMigration, 'run "npm run migration:create -- <name>"').toBe(false);
});

test('leaves the snapshot beside the migrations alone', async () => {
  const snapshot = () => readFileSync(join(import.meta.dirname, 'migrations/.snapshot-guichet.json'), 'utf8');
  const before = snapshot();
  await migrate(await createDatabase(inject('databaseUrl'), 'snapshot_migrate'));
  expect(snapshot()).toBe(before);
});
