import { withPatience } from '../../db/patience.ts';
import { type Em, select, statement } from '../../db/statement.ts';

/** How long the download of an archive waits for the database at a time, in ms. */
const CHUNK_PATIENCE_MS = 4_500;

export type Archive = { size_bytes: number; sha256: string; created_at: Date; expires_at: Date; removed: boolean };

const selectArchive = statement<{
  size_bytes: string;
  sha256: string;
  created_at: string;
  expires_at: string;
  removed: boolean;
}>(
  'privacy_archive_get',
  `select size_bytes, sha256, guichet_iso(created_at) as created_at, guichet_iso(expires_at) as expires_at,
     removed_at is not null as removed
   from privacy_archive where request_id = $1`,
);

/** What is kept of the archive of a request; null when there is none. */
export async function findArchive(em: Em, requestId: string): Promise<Archive | null> {
  const [row] = await selectArchive(em, [requestId]);
  if (!row) return null;
  const { size_bytes, created_at, expires_at } = row;
  return {
    ...row,
    size_bytes: Number(size_bytes),
    created_at: new Date(created_at),
    expires_at: new Date(expires_at),
  };
}

const updateExpiry = statement<{ size_bytes: string; sha256: string }>(
  'privacy_archive_prolong',
  `update privacy_archive set expires_at = $2 where request_id = $1 and removed_at is null
   returning size_bytes, sha256`,
);

/** Has the archive last until `expires`; null when there is none any more. */
export async function prolongArchive(em: Em, requestId: string, expires: Date) {
  const [row] = await updateExpiry(em, [requestId, expires]);
  return row ? { size_bytes: Number(row.size_bytes), sha256: row.sha256 } : null;
}

const deleteArchive = statement('privacy_archive_delete', 'delete from privacy_archive where request_id = $1');

/** Removes an archive with its bytes, so that another can be made. */
export async function forgetArchive(em: Em, requestId: string): Promise<void> {
  await deleteArchive(em, [requestId]);
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
        // Each chunk has its own time: whoever reads slowly, or much, is given all of it.
        const next = () => selectChunk(em, [requestId, ordinal++]);
        const [chunk] = left > 0 ? await withPatience(CHUNK_PATIENCE_MS, next) : [];
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

const removeUnneeded = statement<{ removed: number }>(
  'privacy_archive_remove_unneeded',
  `with unneeded as (
     select a.request_id from privacy_archive a join privacy_request r on r.id = a.request_id
     where a.removed_at is null and (a.expires_at <= $1 or r.status in ('denied', 'canceled'))
     limit $2 for update of a skip locked),
   removed as (
     update privacy_archive set removed_at = $1 where request_id in (select request_id from unneeded) returning request_id),
   bytes as (delete from privacy_archive_chunk where archive_request_id in (select request_id from removed))
   select count(*)::int as removed from removed`,
);

/**
 * Removes the bytes of up to `limit` archives that have expired by `now`, or whose request ended without them.
 * @returns how many it found
 */
export async function removeUnneededArchives(em: Em, now: Date, limit: number): Promise<number> {
  const [row] = await removeUnneeded(em, [now, limit]);
  return row?.removed ?? 0;
}
