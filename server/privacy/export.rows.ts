import type pg from 'pg';
import { PERSONAL_DATA, type PersonalTable } from './personal-data.ts';

/** Rows fetched at a time, which an export holds in memory: few, since their texts may be 60,000 characters as JSON. */
const BATCH = 20;
/** Events are short, and many. */
const BATCH_OF_EVENTS = 200;

export type Row = Record<string, unknown>;

/** The tables that the copy shows, with the name of their file. */
export const SHOWN_TABLES = Object.entries(PERSONAL_DATA).flatMap(([name, table]) =>
  table.file === null ? [] : [{ name, file: table.file, table }],
);

function shownSql({ columns }: PersonalTable): string {
  return Object.entries(columns)
    .flatMap(([name, column]) => {
      if (!column.personal || column.shown.as === 'nothing') return [];
      return [`${column.shown.as === 'sql' ? column.shown.sql : `t.${name}`} as ${name}`];
    })
    .join(', ');
}

/** How many rows of a table are the person's. */
export async function countRows(client: pg.ClientBase, name: string, table: PersonalTable, userId: string) {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name} t where ${table.of}`, [
    userId,
  ]);
  return rows[0]?.n ?? 0;
}

/**
 * The person's rows of a table as JSON texts, in batches, over a cursor of the transaction that `client` is in.
 * Times are ISO 8601 in UTC, which the transaction's time zone has to be.
 */
export async function* rowBatches(
  client: pg.ClientBase,
  name: string,
  table: PersonalTable,
  userId: string,
): AsyncGenerator<string[]> {
  const size = name === 'audit_event' ? BATCH_OF_EVENTS : BATCH;
  await client.query(
    `declare personal_rows no scroll cursor for
     select row_to_json(shown)::text as row from (
       select ${shownSql(table)} from ${name} t where ${table.of} order by ${table.order}) shown`,
    [userId],
  );
  try {
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`fetch ${size} from personal_rows`);
      if (rows.length > 0) yield rows.map(({ row }) => row);
      if (rows.length < size) break;
    }
  } finally {
    await client.query('close personal_rows');
  }
}
