import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Work } from '../work.ts';
import { countSql, erasableColumns } from './erasure.sql.ts';
import { articlesOf } from './grounds.rules.ts';
import { PERSONAL_DATA } from './personal-data.ts';
import type { ErasurePreview } from './privacy.schema.ts';

type Counts = Record<string, { left: Record<string, number>; rows: number }>;

const COUNTS = Object.entries(PERSONAL_DATA).map(
  ([name, table]) => `'${name}', (select row_to_json(c) from (${countSql(name, table).replaceAll('$1', 'p.id')}) c)`,
);

const selectCounts = statement<{ counts: Counts }>(
  'erasure_preview',
  `select json_build_object(${COUNTS.join(', ')}) as counts from (
     select r.user_id as id from privacy_request r where r.id = $1 and r.kind = 'erasure') p`,
);

/**
 * What the erasure that a request asks for would erase and keep, table by table, as of now: figures, no value.
 * @throws AppError privacy_request_not_found, also for a request of another kind
 */
export async function previewErasure(work: Work, id: string): Promise<ErasurePreview> {
  const [row] = await selectCounts(work.em, [id]);
  if (!row) throw new AppError('privacy_request_not_found');
  const tables = Object.entries(PERSONAL_DATA).map(([name, { columns }]) => {
    const { left = {}, rows = 0 } = row.counts[name] ?? {};
    const grounds = Object.values(columns).flatMap((column) =>
      column.personal && column.erasure.how === 'keep' ? [column.erasure.ground] : [],
    );
    const isDeleted = erasableColumns(name).some(([, { erasure }]) => erasure.how === 'delete');
    const columnsErased = Object.keys(left).filter((column) => (left[column] ?? 0) > 0);
    return {
      table: name,
      rows,
      values_erased: Object.values(left).reduce((sum, count) => sum + count, 0),
      columns_erased: columnsErased,
      rows_kept: isDeleted ? 0 : rows,
      articles: isDeleted ? [] : articlesOf(grounds),
    };
  });
  return { tables };
}
