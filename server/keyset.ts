import { prepare, select } from '../db/statement.ts';
import { AUDIT_COLUMNS, auditValues } from './audit/audit.service.ts';
import { AppError } from './errors.ts';
import type { Page } from './fields.schema.ts';
import type { AuditedWork, Work } from './work.ts';

/** Totals are counted up to here, so that a page costs the same on any table size. */
export const TOTAL_CAP = 10_000;

/** `after`: the rows that follow in the list's order; `before`: those that come before. */
type Cursor = { toward: 'after' | 'before'; key: string; id: string };

const CURSOR = /^([ab])\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\|(.{0,200})$/su;

export function encodeCursor({ toward, key, id }: Cursor): string {
  return Buffer.from(`${toward[0]}|${id}|${key}`).toString('base64url');
}

/** @throws AppError validation_failed for anything that this desk did not hand out in this form */
export function decodeCursor(cursor: string, keyType: KeyType): Cursor {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, toward, id, key] = CURSOR.exec(text) ?? [];
  const intact = id !== undefined && key !== undefined && Buffer.from(text).toString('base64url') === cursor;
  if (!intact || key.includes('\u0000') || (keyType === 'timestamptz' && !isInstant(key))) {
    throw new AppError('validation_failed', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
  }
  return { toward: toward === 'a' ? 'after' : 'before', id, key };
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

type KeyType = 'timestamptz' | 'text';

/** The parts of a WHERE clause with their parameters; `?` stands for the parameter of a part. */
export function conditions() {
  const parts: string[] = [];
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  return {
    parameters,
    bind,
    add(part: string, ...values: unknown[]) {
      parts.push(part.replaceAll('?', () => bind(values.shift())));
    },
    /** One value compares plainly, which keeps an index in its order; several take the array form. */
    in(column: string, values: readonly string[]) {
      if (values.length === 1) parts.push(`${column} = ${bind(values[0])}`);
      else parts.push(`${column} = any(${bind(values)})`);
    },
    toSql(...more: string[]) {
      const all = [...parts, ...more];
      return all.length === 0 ? 'true' : all.join(' and ');
    },
  };
}

export type Conditions = ReturnType<typeof conditions>;

type KeysetQuery = {
  /** With its alias: `incident i`; the alias must carry `id`. */
  table: string;
  key: string;
  keyType: KeyType;
  direction: 'asc' | 'desc';
  where: Conditions;
  input: { limit: number; cursor?: string | undefined };
  /** What a row shows, over the alias and `joins`. */
  columns: string;
  joins?: string;
  /** Whether the statement's best plan is the same for all parameters, so that it is prepared. */
  stablePlan?: boolean;
  /** A CTE list that `table` reads from. */
  with?: string;
};

type Found<T> = { total: number; rows: { item: T; key: string; id: string }[] };

/**
 * One page of a list and its capped total, from one statement, which also keeps the audit event of audited work. Order is by (`key`, id); the page starts after, or ends
 * before, the row that the cursor names, so it costs the same however deep it lies.
 */
export async function keysetPage<T>(work: Work | AuditedWork, query: KeysetQuery): Promise<Page<T>> {
  const cursor = query.input.cursor ? decodeCursor(query.input.cursor, query.keyType) : null;
  const text = pageSql(work, query, cursor);
  if (query.stablePlan) prepare(text);
  const [found] = await select<{ found: Found<T> }>(work.em, text, query.where.parameters);
  if ('audit' in work) work.audit.written = true;
  const { total, rows } = found?.found ?? { total: 0, rows: [] };
  const more = rows.length > query.input.limit;
  const shown = rows.slice(0, query.input.limit);
  const backward = cursor?.toward === 'before';
  if (backward) shown.reverse();
  const first = shown[0];
  const last = shown.at(-1);
  const hasNext = backward ? last !== undefined : more;
  const hasPrevious = backward ? more : cursor !== null && first !== undefined;
  return {
    items: shown.map((row) => row.item),
    next_cursor: hasNext && last ? encodeCursor({ toward: 'after', key: last.key, id: last.id }) : null,
    prev_cursor: hasPrevious && first ? encodeCursor({ toward: 'before', key: first.key, id: first.id }) : null,
    has_more: hasNext,
    total: Math.min(total, TOTAL_CAP),
    total_capped: total > TOTAL_CAP,
  };
}

function pageSql(work: Work | AuditedWork, query: KeysetQuery, cursor: Cursor | null): string {
  const { table, key, where, columns, joins = '' } = query;
  const id = `${table.split(' ').at(-1)}.id`;
  const counted = where.toSql();
  const forward = (query.direction === 'asc') === (cursor?.toward !== 'before');
  const order = forward ? 'asc' : 'desc';
  const from = cursor
    ? [
        `(${key}, ${id}) ${forward ? '>' : '<'} (${where.bind(cursor.key)}::${query.keyType}, ${where.bind(cursor.id)}::uuid)`,
      ]
    : [];
  const keyText = query.keyType === 'timestamptz' ? `guichet_iso(${key})` : key;
  const withs = [query.with, 'audit' in work ? auditCte(work, where) : undefined].filter(Boolean);
  return `${withs.length > 0 ? `with ${withs.join(', ')} ` : ''}
    select json_build_object(
      'total', (select count(*) from (select 1 from ${table} where ${counted} limit ${TOTAL_CAP + 1}) counted),
      'rows', coalesce((
        select json_agg(json_build_object('item', (select row_to_json(shown) from (select ${columns}) shown),
                                          'key', ${keyText}, 'id', ${id}) order by ${key} ${order}, ${id} ${order})
        from (select * from ${table} where ${where.toSql(...from)}
              order by ${key} ${order}, ${id} ${order} limit ${where.bind(query.input.limit + 1)}::int) ${table.split(' ').at(-1)}
        ${joins}), '[]')) as found`;
}

function auditCte(work: AuditedWork, where: Conditions): string {
  const values = auditValues(work.audit, work, 'success').map((value) => where.bind(value));
  return `kept as (insert into audit_event (${AUDIT_COLUMNS}) values (${values.join(', ')}))`;
}
