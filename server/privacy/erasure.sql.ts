import { type Column, type Erasure, PERSONAL_DATA, type PersonalColumn, type PersonalTable } from './personal-data.ts';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const isErasable = (column: Column): column is PersonalColumn => column.personal && column.erasure.how !== 'keep';

/** The personal columns of a table that an erasure empties. */
export function erasableColumns(table: string): [string, PersonalColumn][] {
  const columns = Object.entries(PERSONAL_DATA[table]?.columns ?? {});
  return columns.filter((entry): entry is [string, PersonalColumn] => isErasable(entry[1]));
}

/** An SQL condition that is true where a column still holds something of the person. */
function isLeft(column: string, erasure: Erasure): string {
  switch (erasure.how) {
    case 'replace':
      return `t.${column} is distinct from ${literal(erasure.with)}`;
    case 'derived':
      return `t.${column} is distinct from guichet_fold(${literal(erasure.from)})`;
    default:
      return `t.${column} is not null`;
  }
}

/** One row: how many values are left in each erasable column of the person's rows ($1), and how many rows there are. */
export function countSql(table: string, { of }: PersonalTable): string {
  const left = erasableColumns(table).map(
    ([name, { erasure }]) => `${literal(name)}, count(*) filter (where ${isLeft(name, erasure)})`,
  );
  return `select json_build_object(${left.join(', ')}) as "left", count(*)::int as rows from ${table} t where ${of}`;
}

/** The kept columns of a table that are searched for the person's name and e-mail. */
export function searchedColumns({ columns }: PersonalTable): string[] {
  return Object.entries(columns).flatMap(([name, column]) => (column.personal && column.searched ? [name] : []));
}

/** Counts those of the person's rows ($1) that still hold one of the texts $2 where the register says to search. */
export function searchSql(table: string, entry: PersonalTable): string | null {
  const { of } = entry;
  const searched = searchedColumns(entry);
  if (searched.length === 0) return null;
  const found = searched.map((name) => `strpos(lower(t.${name}::text), needle) > 0`).join(' or ');
  return `select count(*)::int as found from ${table} t
    where ${of} and exists (select 1 from unnest($2::text[]) needle where ${found})`;
}

/** Empties the person's rows ($1) of a table; null where the register keeps all of it. `$2` is the time. */
export function eraseSql(table: string, { of, touched }: PersonalTable): string | null {
  const erasable = erasableColumns(table);
  if (erasable.some(([, { erasure }]) => erasure.how === 'delete')) return `delete from ${table} t where ${of}`;
  const set = erasable.flatMap(([name, { erasure }]) => {
    if (erasure.how === 'null') return [`${name} = null`];
    return erasure.how === 'replace' ? [`${name} = ${literal(erasure.with)}`] : [];
  });
  if (set.length === 0) return null;
  return `update ${table} t set ${[...set, ...(touched ? [touched] : [])].join(', ')} where ${of}`;
}
