import { createHash } from 'node:crypto';
import type pg from 'pg';

/** How long an archive can be downloaded, in ms. */
export const ARCHIVE_KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Bytes of a chunk: what a download holds in memory at a time. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Keeps the archive of a request from its bytes as they come, in the transaction of `client`.
 * Holds one chunk in memory.
 */
export async function keepArchive(
  client: pg.ClientBase,
  requestId: string,
  bytes: AsyncIterable<Buffer>,
  now: Date,
): Promise<void> {
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
