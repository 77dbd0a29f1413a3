import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Em, select, statement } from '../../db/statement.ts';

/** How long an archive can be downloaded, in ms. */
export const ARCHIVE_KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Bytes of a chunk: what a download holds in memory at a time. */
const CHUNK_BYTES = 256 * 1024;

export type Archive = { size_bytes: number; sha256: string; expires_at: Date; removed: boolean };

const selectArchive = statement<{ size_bytes: string; sha256: string; expires_at: string; removed: boolean }>(
  'privacy_archive_get',
  `select size_bytes, sha256, guichet_iso(expires_at) as expires_at, removed_at is not null as removed from privacy_archive where request_id = $1`,
);

/** What is kept of the archive of a request; null when there is none. */
export async function findArchive(em: Em, requestId: string): Promise<Archive | null> {
  const [row] = await selectArchive(em, [requestId]);
  return row ? { ...row, size_bytes: Number(row.size_bytes), expires_at: new Date(row.expires_at) } : null;
}

/**
 * Keeps the archive of a request from its bytes as they come, in the transaction of `client`.
 * Holds one chunk in memory.
 */
export async function keepArchive(
  client: pg.ClientBase,
  requestId: string,
  bytes: AsyncIterable<Buffer>,
  now: Date,
): Promise<{ size_bytes: number; sha256: string; expires_at: Date }> {
  const digest = createHash('sha256');
  const expires_at = new Date(now.getTime() + ARCHIVE_KEPT_MS);
  await client.query(
    `insert into privacy_archive (request_id, size_bytes, sha256, created_at, expires_at) values ($1, 0, '', $2, $3)`,
    [requestId, now, expires_at],
  );
  let size_bytes = 0;
  let ordinal = 0;
  for await (const chunk of inChunks(bytes)) {
    digest.update(chunk);
    size_bytes += chunk.length;
    await client.query('insert into privacy_archive_chunk (archive_request_id, ordinal, bytes) values ($1, $2, $3)', [
      requestId,
      ordinal++,
      chunk,
    ]);
  }
  const sha256 = digest.digest('hex');
  await client.query('update privacy_archive set size_bytes = $2, sha256 = $3 where request_id = $1', [
    requestId,
    size_bytes,
    sha256,
  ]);
  return { size_bytes, sha256, expires_at };
}

async function* inChunks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of bytes) {
    held.push(part);
    size += part.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(held, size);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held, size);
}

const selectChunk = statement<{ bytes: Buffer }>(
  'privacy_archive_chunk_get',
  'select bytes from privacy_archive_chunk where archive_request_id = $1 and ordinal = $2',
);

/** The bytes of an archive, a chunk for each pull: a slow reader holds neither memory nor a connection. */
export function archiveStream(em: Em, requestId: string, sizeBytes: number): ReadableStream<Uint8Array> {
  let ordinal = 0;
  let left = sizeBytes;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const [chunk] = left > 0 ? await selectChunk(em, [requestId, ordinal++]) : [];
        // Removed while it was read: an end here would pass for the whole archive.
        if (left > 0 && !chunk) return controller.error(new Error('The archive is no longer kept'));
        if (chunk) {
          controller.enqueue(chunk.bytes);
          left -= chunk.bytes.length;
        }
        if (left <= 0) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Removes the bytes of an archive that has expired by `now`. Does nothing to any other. */
export async function expireArchive(em: Em, requestId: string, now: Date): Promise<void> {
  await select(
    em,
    `with expired as (
       update privacy_archive set removed_at = coalesce(removed_at, $2) where request_id = $1 and expires_at <= $2
       returning request_id)
     delete from privacy_archive_chunk where archive_request_id in (select request_id from expired)`,
    [requestId, now],
  );
}
