import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JOBS_REVISION } from './jobs-schema.ts';

export const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** The names of the migrations that this build has, oldest first. */
export const KNOWN_MIGRATIONS: readonly string[] = readdirSync(MIGRATIONS)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

/** The tables and columns that a build does not know hold what its work would leave behind. $1: names, $2: revision. */
const SELECT_UNKNOWN = `
  select name from schema_migration where name <> all($1::text[])
  union all
  select 'graphile_worker ' || id from graphile_worker.migrations where id > $2::int
  order by name`;

type Run = (text: string, parameters: unknown[]) => Promise<{ name: string }[]>;

/** What a newer build has applied to the database that `run` asks: migrations that this build lacks; none as a rule. */
export function newerSchema(run: Run): Promise<string[]> {
  return run(SELECT_UNKNOWN, [KNOWN_MIGRATIONS, JOBS_REVISION]).then((rows) => rows.map(({ name }) => name));
}
