/** What a log may tell of an error. */
export type ErrorFacts = {
  name: string;
  code?: string;
  message?: string;
  constraint?: string;
  table?: string;
  stack?: string[];
  cause?: ErrorFacts;
};

const CAUSES = 3;
const FRAMES = 12;

/**
 * The facts of an error that hold no personal data: name, code, stack frames, and the first line of its message
 * without quoted parts.
 * A database error keeps its code, constraint and table; its message, detail and query hold values of rows.
 */
export function errorFacts(error: unknown, causes = CAUSES): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields: Record<string, unknown> = { ...error };
  const facts: ErrorFacts = { name: error.name };
  if (isWord(fields.code)) facts.code = String(fields.code);
  if (isFromDatabase(fields)) {
    if (isWord(fields.constraint)) facts.constraint = String(fields.constraint);
    const table = isWord(fields.table) ? String(fields.table) : deniedRelation(error);
    if (table) facts.table = table;
  } else if (!(error instanceof SyntaxError)) {
    // A syntax error quotes the text that did not parse, of which no part can be trusted.
    facts.message = withoutValues(error.message);
  }
  if (error.stack) facts.stack = frames(error.stack);
  if (error.cause !== undefined && causes > 0) facts.cause = errorFacts(error.cause, causes - 1);
  return facts;
}

/** What a missing right is about: PostgreSQL says it in the message of a 42501 alone, by the name in the schema. */
export function deniedRelation(error: Error): string | null {
  if ((error as { code?: unknown }).code !== '42501') return null;
  return /permission denied for \p{L}+ (\w{1,63})$/u.exec(error.message)?.[1] ?? null;
}

function isWord(value: unknown): boolean {
  return (typeof value === 'string' && /^\w{1,63}$/.test(value)) || typeof value === 'number';
}

/** The fields that PostgreSQL gives to its errors, and MikroORM copies to its own. */
function isFromDatabase(fields: Record<string, unknown>): boolean {
  return ['severity', 'routine', 'detail', 'query', 'sqlMessage', 'sqlState'].some(
    (field) => fields[field] !== undefined,
  );
}

function withoutValues(message: string): string {
  const [firstLine = ''] = message.split('\n', 1);
  return firstLine
    .slice(0, 500)
    .replace(/["'`“‘«].*["'`”’»]/, '?')
    .replace(/\S+@\S+/g, '?')
    .replace(/\p{L}*\d{5,}\S*/gu, '?');
}

// The frames alone: above them a stack repeats the message.
function frames(stack: string): string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at .+(:\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(line));
  return lines.slice(0, FRAMES).map((line) => line.trim());
}
