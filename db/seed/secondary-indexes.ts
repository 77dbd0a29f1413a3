import type { Client } from 'pg';

export type Definition = { name: string; drop: string; create: string };

/** Unique keys and plain indexes come back before the foreign keys, which are checked with their help. */
const DEFINITIONS = `
  select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as create,
    case c.contype when 'u' then 0 else 2 end as turn, c.conname as name
  from pg_constraint c
  where c.conrelid = any($1::regclass[]) and c.contype in ('u', 'f')
  union all
  select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 1, i.indexrelid::regclass::text
  from pg_index i
  where i.indrelid = any($1::regclass[]) and not i.indisprimary
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('u', 'x', 'p'))
  order by turn, name`;

/**
 * Drops the foreign keys, unique keys and secondary indexes of the tables, and returns what makes them again
 * exactly, in order. Call it in a transaction, so that a failure puts everything back.
 */
export async function dropSecondaryIndexes(client: Client, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(DEFINITIONS, [tables]);
  for (const { drop } of rows.toReversed()) await client.query(drop);
  return rows;
}
