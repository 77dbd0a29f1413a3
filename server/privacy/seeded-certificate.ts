import type { SeededErasure } from '../../db/seed/demo.ts';
import { type Json, type SealKey, sealed } from './canonical-json.ts';
import { NOT_COVERED } from './erasure.rules.ts';
import { erasableColumns, searchedColumns } from './erasure.sql.ts';
import { PERSONAL_DATA } from './personal-data.ts';

/** Columns that a customer of the demo had filled; of incidents and requests each row counts. */
const HELD = new Set(['email', 'name', 'search_text', 'title', 'description']);

/** The certificate of an erasure that the demo tells of, as the desk would have made it, under the desk's own seal. */
export function certificateOfSeeded(key: SealKey, erasure: SeededErasure) {
  const tables: { [name: string]: Json } = {};
  let erased = 0;
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const rows = erasure.rows[name] ?? 0;
    const columns: { [name: string]: Json } = {};
    for (const [column, { erasure: by }] of erasableColumns(name)) {
      const gone = HELD.has(column) ? rows : 0;
      columns[column] = { how: by.how, erased: gone, remaining: 0 };
      erased += gone;
    }
    for (const [column, entry] of Object.entries(table.columns)) {
      if (entry.personal && entry.erasure.how === 'keep') {
        columns[column] = { how: 'keep', kept: rows, ground: entry.erasure.ground };
      }
    }
    tables[name] = { rows, columns, ...(searchedColumns(table).length > 0 ? { mentions: 0 } : {}) };
  }
  const { request, approved, requestId, locale } = erasure;
  const at = (request.completed_at ?? request.updated_at).toISOString();
  return sealed(
    {
      kind: 'erasure',
      privacy_request_id: request.id,
      user_id: request.user_id,
      request_id: requestId,
      locale,
      erased_at: at,
      identity_check: request.identity_means
        ? {
            means: request.identity_means,
            checked_on: request.identity_checked_on,
            checked_by: request.identity_checked_by_id,
            recorded_at: request.identity_checked_at?.toISOString() ?? null,
          }
        : null,
      approved: approved && { by: approved.by, at: approved.at.toISOString() },
      erased,
      remaining: 0,
      tables,
      texts_of_others: { searched_at: at, found: [], more: false, kept: null },
      not_covered: [...NOT_COVERED],
    },
    key,
  );
}
