import { prepare, select } from '../db/statement.ts';
import { isReading } from './audit/audit.rules.ts';
import { AUDIT_COLUMNS, type AuditDraft, auditSelect, auditValues, unlessSameVisit } from './audit/audit.service.ts';
import { AppError } from './errors.ts';
import { instant, type Page } from './fields.schema.ts';
import type { AuditedWork, Work } from './work.ts';

/** Totals are counted up to here, so that a page costs the same on any table size. */
export const TOTAL_CAP = 10_000;

/**
 * A place in a list. `after`: the rows that follow in the list's order; `before`: those that come before. `key` is null
 * where the row of that id tells it.
 */
type Cursor = { toward: 'after' | 'before'; id: string; key: string | null };

const CURSOR = /^([a-z-]+)\|([ab])\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\|(.+))?$/;

function encodeCursor(list: string, { toward, id, key }: Cursor): string {
  return Buffer.from([list, toward[0], id, ...(key === null ? [] : [key])].join('|')).toString('base64url');
}

/** @throws AppError validation_failed for anything that this list did not hand out in this form */
function decodeCursor({ input, list, keyOf }: KeysetQuery): Cursor | null {
  if (input.cursor === undefined) return null;
  const text = Buffer.from(input.cursor, 'base64url').toString();
  const [, name, toward, id, key] = CURSOR.exec(text) ?? [];
  const keyIsGood = keyOf ? key === undefined : key !== undefined && instant.safeParse(key).data === key;
  const intact = name === list && id !== undefined && Buffer.from(text).toString('base64url') === input.cursor;
  if (!intact || !keyIsGood) throw notACursor();
  return { toward: toward === 'a' ? 'after' : 'before', id, key: key ?? null };
}

function notACursor(): AppError {
  return new AppError('validation_failed', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
}

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

/** Whether a list is one customer's, who exists, in SQL. */
export function ofSomebody(where: Conditions, userId: string | undefined): string {
  return userId ? `exists (select from app_user where id = ${where.bind(userId)}::uuid)` : 'false';
}

type KeysetQuery = {
  /** Names the list in its cursors, so that it refuses those of other lists. */
  list: string;
  /** With its alias: `incident i`; the alias must carry `id`. */
  table: string;
  key: string;
  /**
   * The key of the row whose id is given, as a scalar SELECT: cursors then carry the id alone, for keys that are personal.
   * Without it keys are times and stand in the cursor, so that a row that moves meanwhile leaves the place where it was.
   */
  keyOf?: (id: string) => string;
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
  /** What must hold, in SQL, for audited work to leave its event; nothing unless told. */
  audited?: string;
  /** The event that each row shown leaves, and whose row it is, in SQL. */
  eachRead?: { draft: AuditDraft; subject: string };
};

type Found<T> = { total: number; placed: boolean; rows: { item: T; key: string | null; id: string }[] };

/**
 * One page of a list and its capped total, from one statement, which also keeps the audit event of audited work. Order is
 * by (`key`, id); the page starts after, or ends before, the row that the cursor names, so it costs the same however deep
 * it lies.
 */
export async function keysetPage<T>(work: Work | AuditedWork, query: KeysetQuery): Promise<Page<T>> {
  const cursor = decodeCursor(query);
  const text = pageSql(work, query, cursor);
  if (query.stablePlan) prepare(text);
  const [row] = await select<{ found: Found<T> }>(work.em, text, query.where.parameters);
  const { total, placed, rows } = row?.found ?? { total: 0, placed: true, rows: [] };
  if (!placed) throw notACursor();
  if ('audit' in work) work.audit.written = true;
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
    next_cursor: hasNext && last ? encodeCursor(query.list, { toward: 'after', id: last.id, key: last.key }) : null,
    prev_cursor:
      hasPrevious && first ? encodeCursor(query.list, { toward: 'before', id: first.id, key: first.key }) : null,
    has_more: hasNext,
    total: Math.min(total, TOTAL_CAP),
    total_capped: total > TOTAL_CAP,
  };
}

function pageSql(work: Work | AuditedWork, query: KeysetQuery, cursor: Cursor | null): string {
  const { table, key, keyOf, where, columns, joins = '' } = query;
  const alias = table.split(' ').at(-1);
  const id = `${alias}.id`;
  const counted = where.toSql();
  const forward = (query.direction === 'asc') === (cursor?.toward !== 'before');
  const order = forward ? 'asc' : 'desc';
  const place = cursor && placeOf(cursor, query);
  const from = place ? [`(${key}, ${id}) ${forward ? '>' : '<'} (${place.key}, ${place.id})`] : [];
  const placed = place && keyOf ? `${place.key} is not null` : 'true';
  const ordered = `${key} ${order}, ${id} ${order}`;
  const limit = where.bind(query.input.limit + 1);
  const page = `select * from ${table} where ${where.toSql(...from)} order by ${ordered} limit ${limit}::int`;
  const withs = [
    query.with,
    place?.with,
    ...(query.eachRead ? [`page as materialized (${page})`, eachCte(work, query, ordered)] : []),
    'audit' in work && query.audited !== 'false' ? auditCte(work, query, placed) : undefined,
  ].filter(Boolean);
  return `${withs.length > 0 ? `with ${withs.join(', ')} ` : ''}
    select json_build_object(
      'total', (select count(*) from (select 1 from ${table} where ${counted} limit ${TOTAL_CAP + 1}) counted),
      'placed', ${placed},
      'rows', coalesce((
        select json_agg(json_build_object('item', (select row_to_json(shown) from (select ${columns}) shown),
                                          'key', ${keyOf ? 'null' : `guichet_iso(${key})`},
                                          'id', ${id}) order by ${ordered})
        from ${query.eachRead ? 'page' : `(${page})`} ${alias}
        ${joins}), '[]')) as found`;
}

/** The key and the id that the cursor stands for, in SQL, and the CTE that looks the key up where that is needed. */
function placeOf(cursor: Cursor, { keyOf, where }: KeysetQuery): { key: string; id: string; with?: string } {
  const id = `${where.bind(cursor.id)}::uuid`;
  if (!keyOf) return { key: `${where.bind(cursor.key)}::timestamptz`, id };
  return { key: '(select key from place)', id, with: `place as materialized (select (${keyOf(id)}) as key)` };
}

function auditCte(work: AuditedWork, { where, audited }: KeysetQuery, placed: string): string {
  const values = auditValues(work.audit, work, 'success').map((value) => where.bind(value));
  const bound = (index: number) => values[index] ?? 'null';
  const { again, action, targetId } = work.audit;
  // A search is none: the same page may search for somebody else.
  const anew = again && targetId && isReading({ action, status: 'success' }) ? unlessSameVisit(bound, 'true') : 'true';
  return `kept as (insert into audit_event (${AUDIT_COLUMNS})
    select ${auditSelect(bound)} where ${placed} and ${audited ?? 'true'} and ${anew})`;
}

/** An event for each row of `page` that is shown; the row past them only tells that there are more. */
function eachCte(work: Work, { table, eachRead, where, input }: KeysetQuery, ordered: string): string {
  if (!eachRead) throw new Error('No event is asked for');
  const alias = table.split(' ').at(-1);
  const values = auditValues(eachRead.draft, work, 'success').map((value) => where.bind(value));
  const ids = Array.from({ length: input.limit }, () => auditValues(eachRead.draft, work, 'success')[0]);
  const columns = auditSelect((index) => values[index] ?? 'null', {
    id: `(${where.bind(ids)}::uuid[])[row_number() over (order by ${ordered})]`,
    target: `${alias}.id::text`,
    subject: eachRead.subject,
  });
  return `each_kept as (
    insert into audit_event (${AUDIT_COLUMNS})
    select ${columns} from (select * from page ${alias} order by ${ordered} limit ${input.limit}) ${alias})`;
}
