import { type Em, select, statement } from '../../db/statement.ts';
import { MENTIONS_MAX, type Mention, type Mentions } from './erasure.rules.ts';
import { PERSONAL_DATA, type PersonalTable } from './personal-data.ts';

type Named = { id: string; name: string; email: string | null };

/** Patterns over folded text by which a person is recognised: in what people write, and in ids that callers chose. */
export type Patterns = { text: string; id: string };

const NO_LETTER = '[^[:alnum:]]';
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Patterns for a folded e-mail and a folded name; null where nothing is specific enough. A name of one word is left
 * out: it stands in codes and in ordinary sentences too.
 */
export function patternsOf({ name, email }: { name: string; email: string | null }): Patterns | null {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const orders = [words, [...words].reverse(), [first, last], [last, first]];
  const named = (between: string) => [...new Set(orders.map((order) => order.map(escaped).join(between)))].join('|');
  const [edge, end] = [`(^|${NO_LETTER})`, `($|${NO_LETTER})`];
  const texts: string[] = [];
  const ids: string[] = [];
  if (email) texts.push(`(^|[^[:alnum:]._+-])${escaped(email)}${end}`);
  if (words.length > 1 && words.join('').length > 4) texts.push(`${edge}(${named(`${NO_LETTER}+`)})${end}`);
  if (words.length > 1 && first.length > 2 && last.length > 2) ids.push(named(`${NO_LETTER}*`));
  if (texts.length === 0) return null;
  return { text: texts.join('|'), id: ids.join('|') || 'a^' };
}

// Ids that the desk or a machine made cannot name anybody.
const MADE_ID = "'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'";

/** Where what people typed in a table names the person: rows of others, and columns of their own that stay. */
function mentionsSql(name: string, { of, columns, key = 't.id' }: PersonalTable): string | null {
  const parts = Object.entries(columns).flatMap(([column, entry]) => {
    if (!entry.personal || !entry.typed) return [];
    const foreign = entry.erasure.how === 'keep' ? 'true' : `(${of}) is not true`;
    const found =
      entry.typed === 'id'
        ? `t.${column} !~ ${MADE_ID} and guichet_fold(t.${column}) ~ $3`
        : `guichet_fold(t.${column}::text) ~ $2`;
    return [
      `select (${key})::text as id, '${column}' as field from ${name} t
      where $1::uuid is not null and $2::text is not null and $3::text is not null and ${foreign} and ${found}`,
    ];
  });
  return parts.length === 0 ? null : `select * from (${parts.join(' union all ')}) m limit ${MENTIONS_MAX + 1}`;
}

const selectFolded = statement<{ name: string; email: string | null }>(
  'person_folded',
  'select guichet_fold($1) as name, guichet_fold($2) as email',
);

/**
 * Looks through every text that people typed for the person's e-mail and full name. It reads whole tables, so it
 * belongs to background work; what it lists is bounded.
 */
export async function findMentions(em: Em, { id, name, email }: Named): Promise<Pick<Mentions, 'found' | 'more'>> {
  const [folded] = await selectFolded(em, [name, email]);
  const patterns = folded && patternsOf(folded);
  if (!patterns) return { found: [], more: false };
  const found: Mention[] = [];
  for (const [table, entry] of Object.entries(PERSONAL_DATA)) {
    const sql = mentionsSql(table, entry);
    if (!sql || found.length > MENTIONS_MAX) continue;
    for (const row of await select<Omit<Mention, 'table'>>(em, sql, [id, patterns.text, patterns.id])) {
      found.push({ table, ...row });
    }
  }
  return { found: found.slice(0, MENTIONS_MAX), more: found.length > MENTIONS_MAX };
}

/** What was found now, with the decision made before as far as it covers all of it. */
export function withDecision(found: Pick<Mentions, 'found' | 'more'>, before: Mentions | null, now: Date): Mentions {
  const key = ({ table, id, field }: Mention) => `${table} ${id} ${field}`;
  const decided = new Set(before?.found.map(key));
  const covered = before?.kept && (before.more || (!found.more && found.found.every((one) => decided.has(key(one)))));
  const any = found.found.length > 0;
  return { searched_at: now.toISOString(), ...found, kept: any && covered ? before.kept : null };
}
