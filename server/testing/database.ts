import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Migrated once per run; test databases are copies of it. */
export const TEMPLATE_DATABASE = 'guichet_template';

/**
 * A database of a test file's own, migrated and empty, on the server of the run or another one that has the template;
 * `drop` also closes connections still open to it.
 */
export async function createTestDatabase(
  server = inject('databaseUrl'),
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = await createDatabase(server, name, TEMPLATE_DATABASE);
  return { url, drop: () => execute(server, `drop database if exists ${name} with (force)`) };
}

/** Creates a database on the server of `serverUrl`, as a copy of `template`, and returns its URL. */
export async function createDatabase(serverUrl: string, name: string, template = 'template1'): Promise<string> {
  await execute(serverUrl, `create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
