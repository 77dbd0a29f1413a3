import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/**
 * All that a dump of the database holds, as text: from pg_dump where one as new as the server is installed, and in any
 * case from every table of every schema, the generated columns included.
 */
export async function dumpText(url: string): Promise<string> {
  return `${await everyTable(url)}\n${await pgDump(url)}`;
}

async function everyTable(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(name, ...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

async function pgDump(url: string): Promise<string> {
  try {
    const { stdout } = await run('pg_dump', ['--dbname', url, '--no-owner'], { maxBuffer: 512 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
    if (code === 'ENOENT' || stderr.includes('server version mismatch')) return '';
    throw error;
  }
}
