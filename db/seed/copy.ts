import type { Readable } from 'node:stream';
import { Readable as ReadableStream } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Rows } from './rows.ts';

const CHUNK_CHARACTERS = 128 * 1024;
const SPECIAL = /[\\\t\n\r]/;

/** A value in COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
export function copyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

/** Streams rows into a table; all of them carry the columns of the first. Only a few chunks are in memory at a time. */
export async function copyRows<T extends keyof Rows>(
  client: Client,
  table: T,
  rows: Iterable<Rows[T]>,
  onRow: () => void,
): Promise<void> {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return;
  const columns = Object.keys(first.value) as (keyof Rows[T] & string)[];

  function* lines(): Generator<string> {
    let chunk = '';
    for (let row = first; !row.done; row = iterator.next()) {
      let line = '';
      for (const column of columns)
        line += line === '' ? copyText(row.value[column]) : `\t${copyText(row.value[column])}`;
      chunk += `${line}\n`;
      onRow();
      if (chunk.length >= CHUNK_CHARACTERS) {
        yield chunk;
        chunk = '';
      }
    }
    if (chunk !== '') yield chunk;
  }

  const source: Readable = ReadableStream.from(lines());
  await pipeline(source, client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)));
}
