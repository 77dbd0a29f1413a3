import { type Em, select } from '../../db/statement.ts';
import type { Mention } from './erasure.rules.ts';
import { erasableColumns } from './erasure.sql.ts';

/**
 * Takes the samples of these tables anew, in the transaction of `em`: PostgreSQL keeps values of rows as statistics for
 * its planner (pg_stats) until the next ANALYZE. Inside the transaction the rows as erased are what is sampled.
 */
export async function sampleAnew(em: Em, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const columns = erasableColumns(table).map(([name]) => name);
    if (columns.length > 0) await select(em, `analyze ${table} (${columns.join(', ')})`, []);
  }
}

/**
 * Searches the planner's statistics of every column that an erasure empties for the person's e-mail, but for the
 * columns in which texts of others that name the person were kept.
 * @returns how many columns were searched, and which still hold it
 */
export async function searchStatistics(
  em: Em,
  tables: readonly string[],
  email: string | null,
  kept: readonly Mention[],
) {
  const keptColumns = new Set(kept.map(({ table, field }) => `${table}.${field}`));
  // The index column of titles is made of titles.
  if (keptColumns.has('incident.title')) keptColumns.add('incident.search_text');
  const columns = tables
    .flatMap((table) => erasableColumns(table).map(([column]) => `${table}.${column}`))
    .filter((column) => !keptColumns.has(column));
  const found = await select<{ table: string; column: string }>(
    em,
    `select s.tablename as "table", s.attname as "column" from pg_stats s
     where s.schemaname = current_schema() and s.tablename || '.' || s.attname = any($1::text[])
       and strpos(lower(coalesce(s.most_common_vals::text, '') || coalesce(s.histogram_bounds::text, '')), lower($2)) > 0`,
    [columns, email ?? ''],
  );
  return { columns: columns.length, found: email ? found : [] };
}
