import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import pg from 'pg';

/** The em that reads and writes run on: inside its transaction when it has one. */
export type Em = Pick<SqlEntityManager, 'getKysely'>;

const names = new Map<string, string>();

/**
 * A statement with a fixed text and `$n` parameters, prepared once per connection under `name`: for short statements
 * planning costs as much as running. Only for texts whose best plan does not hang on the parameters.
 */
export function statement<Row>(name: string, text: string): (em: Em, parameters: unknown[]) => Promise<Row[]> {
  names.set(text, name);
  return async (em, parameters) => {
    const result = await em.getKysely().executeQuery(CompiledQuery.raw(text, parameters));
    return result.rows as Row[];
  };
}

/** More composed texts than the desk has; past it, they are no longer prepared. */
const COMPOSED_MAX = 200;

/** Has a composed text prepared too: for texts of few shapes, whose best plan does not hang on the parameters. */
export function prepare(text: string): void {
  if (!names.has(text) && names.size < COMPOSED_MAX) names.set(text, `composed_${names.size}`);
}

/** Runs a text composed for this call; PostgreSQL plans it anew with its parameters at hand. */
export async function select<Row>(em: Em, text: string, parameters: unknown[]): Promise<Row[]> {
  const result = await em.getKysely().executeQuery(CompiledQuery.raw(text, parameters));
  return result.rows as Row[];
}

/** The texts that are prepared. */
export function preparedTexts(): string[] {
  return [...names.keys()];
}

/** The name under which a text is prepared, if it is. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}

/**
 * Whether prepared statements outlive a transaction on this address: not behind a pooler that shares server
 * connections. Such a pooler hands out a backend id of its own, PostgreSQL its real one.
 */
export async function keepsPreparedStatements(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return rows[0]?.pid === (client as unknown as { processID: number }).processID;
  } finally {
    await client.end();
  }
}
