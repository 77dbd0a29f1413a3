import { MikroORM } from '@mikro-orm/postgresql';
import { describe, expect, test } from 'vitest';
import { ormOptions } from '../../db/orm.config.ts';
import { AUDIT_ACTIONS } from '../audit/audit.rules.ts';
import { LOCALES } from '../users/users.schema.ts';
import { CLOCK_RULES } from './deadline.rules.ts';
import { SHOWN_TABLES } from './export.rows.ts';
import { ENUMERATED } from './export.values.ts';
import { EXPORT_WORDS } from './export.words.ts';

const orm = await MikroORM.init(ormOptions('postgres://localhost/nobody-connects'));
const enumerated = [...orm.getMetadata().getAll().values()].flatMap(({ tableName, props }) =>
  props.flatMap(({ fieldNames, items }) => (fieldNames ?? []).map((column) => ({ table: tableName, column, items }))),
);

// The database lists no actions: a new one must not scan the table.
const ACTIONS = { table: 'audit_event', column: 'action', items: AUDIT_ACTIONS };
const RULES = { table: 'privacy_request', column: 'clock_rule', items: CLOCK_RULES };

const shown = SHOWN_TABLES.flatMap(({ name, table }) =>
  Object.entries(table.columns).flatMap(([column, entry]) =>
    entry.personal && entry.shown.as !== 'nothing' ? [{ table: name, column, as: entry.shown.as }] : [],
  ),
);

/** The paths of all that an object of words holds. */
function paths(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, held]) => paths(held, `${path}/${key}`));
}

test('the languages say the same things, none of them with nothing', () => {
  const [first, ...others] = LOCALES.map((locale) => paths(EXPORT_WORDS[locale]).sort());
  for (const other of others) expect(other).toEqual(first);
  for (const locale of LOCALES) expect(JSON.stringify(EXPORT_WORDS[locale])).not.toContain('""');
});

describe.each(LOCALES)('in %s', (locale) => {
  const words = EXPORT_WORDS[locale];

  test.each(shown)('$table.$column has a label', ({ table, column }) => {
    expect(words.columns[`${table}.${column}`] ?? words.columns[column]).toMatch(/\S/);
  });

  test.each(SHOWN_TABLES)('$name has a heading and says what stands there', ({ name }) => {
    expect(words.sections[name]).toEqual({ title: expect.stringMatching(/\S/), about: expect.stringMatching(/\S/) });
  });

  test.each(shown)('every value that $table.$column can have has a word, where it has a fixed set', (entry) => {
    const items = [ACTIONS, RULES, ...enumerated].find(
      ({ table, column }) => table === entry.table && column === entry.column,
    )?.items;
    // A language is shown by the name that Intl gives it.
    if (entry.column === 'locale') return;
    const enumeration = ENUMERATED[entry.table]?.[entry.column];
    const expected = entry.as === 'sql' && /_id$/.test(entry.column) && enumeration ? ['self', 'agent'] : (items ?? []);
    expect(Object.keys(enumeration ? words.values[enumeration] : {}).sort()).toEqual([...expected].sort());
  });
});
