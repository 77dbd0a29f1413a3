import { LRUCache } from 'lru-cache';

const WORD = '\\w$\\u0080-\\uFFFF';
const TAG = '(?:[A-Za-z_\\u0080-\\uFFFF][\\w\\u0080-\\uFFFF]*)?';

// PostgreSQL's lexical rules (manual, 4.1). What is not closed runs to the end, so that nothing slips out.
const TOKENS = new RegExp(
  [
    '("(?:[^"]|"")*"|\\$\\d+)',
    '(--[^\\n]*|/\\*[^]*(?:\\*/|$))',
    `(?<![${WORD}])[eE]'(?:[^'\\\\]|\\\\[^]|'')*(?:'|\\\\?$)`,
    `(?:(?<![${WORD}])(?:[nNbBxX]|[uU]&))?'(?:[^']|'')*(?:'|$)`,
    `(?<![${WORD}])\\$(?<tag>${TAG})\\$[^]*?(?:\\$\\k<tag>\\$|$)`,
    '"[^]*$',
    `(?<![${WORD}])(?:\\d[.${WORD}]*|\\.\\d[.${WORD}]*)(?:(?<=[eE])[+-]\\d+)?`,
  ].join('|'),
  'g',
);

const MAX_LENGTH = 2000;
const known = new LRUCache<string, string>({ max: 500 });

/**
 * The text of an SQL statement with a `?` for each literal (quoted, dollar-quoted, numeric) and without comments.
 * Identifiers and parameters (`$1`) stay. At most 2,000 characters.
 */
export function sqlWithoutLiterals(sql: string): string {
  const before = known.get(sql);
  if (before !== undefined) return before;
  const text = sql.replace(TOKENS, (_, kept?: string, comment?: string) => kept ?? (comment === undefined ? '?' : ''));
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  if (sql.length <= MAX_LENGTH * 5) known.set(sql, short);
  return short;
}
