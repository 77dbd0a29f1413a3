import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createDatabase } from '../server/testing/database.ts';
import { migrate } from './migrate.ts';

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
