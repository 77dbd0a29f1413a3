const IDENTIFIER_START = 'A-Za-z_\\u0080-\\uFFFF';

// PostgreSQL's lexical rules (manual, 4.1). What is not closed runs to the end, so that nothing slips out.
const TOKENS = new RegExp(
  [
    '(?<kept>"(?:[^"]|"")*"|\\$\\d+)',
    "[eE]'(?:[^'\\\\]|\\\\[^]|'')*(?:'|\\\\?$)",
    "(?:[nNbBxX]|[uU]&)?'(?:[^']|'')*(?:'|$)",
    `\\$(?<tag>(?:[${IDENTIFIER_START}][\\w\\u0080-\\uFFFF]*)?)\\$[^]*?(?:\\$\\k<tag>\\$|$)`,
    '"[^]*$',
    '(?<comment>--[^\\n]*|/\\*[^]*(?:\\*/|$))',
    `(?<word>[${IDENTIFIER_START}][\\w$\\u0080-\\uFFFF]*)`,
    '(?:\\d[\\w.]*|\\.\\d[\\w.]*)(?:(?<=[eE])[+-]\\d+)?',
  ].join('|'),
  'g',
);

const MAX_LENGTH = 2000;

/**
 * The text of an SQL statement with a `?` for each literal (quoted, dollar-quoted, numeric) and without comments.
 * Identifiers and parameters (`$1`) stay. At most 2,000 characters.
 */
export function sqlWithoutLiterals(sql: string): string {
  const text = sql.replace(TOKENS, (...match) => {
    const { kept, word, comment } = match.at(-1) as Record<string, string | undefined>;
    return kept ?? word ?? (comment === undefined ? '?' : '');
  });
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
