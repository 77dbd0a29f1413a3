import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';

/**
 * How many lines of `pg_dump <url> | grep -c -i -F <trace>` hold the trace, letter case aside. Throws when one of the
 * two programs fails, as a pg_dump does that is older than the server.
 */
export async function linesOfDump(pgDump: string, url: string, trace: string): Promise<number> {
  const dump = spawn(pgDump, ['--dbname', url], { stdio: ['ignore', 'pipe', 'pipe'] });
  // In UTF-8, letters beyond ASCII have their two cases as well.
  const grep = spawn('grep', ['-c', '-i', '-F', '-e', trace], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const [[dumped], [counted], lines, complaint] = await Promise.all([
    once(dump, 'close'),
    once(grep, 'close'),
    text(grep.stdout),
    text(dump.stderr),
    pipeline(dump.stdout, grep.stdin),
  ]);
  if (dumped !== 0) throw new Error(`${pgDump} ended with ${dumped}: ${complaint}`);
  // 1 is grep's word for no line at all.
  if (counted !== 0 && counted !== 1) throw new Error(`grep ended with ${counted}`);
  return Number(lines);
}

/** Every row of every table as text: with the generated columns, which a dump leaves out. */
export async function everyRow(url: string): Promise<string> {
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
