import { type Em, select, statement } from '../../db/statement.ts';
import { MENTIONS_MAX, type Mention, type MentionDecision, type Mentions } from './erasure.rules.ts';
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
  return parts.length === 0 ? null : `select * from (${parts.join(' union all ')}) m limit $4::int`;
}

const selectFolded = statement<{ name: string; email: string | null }>(
  'person_folded',
  'select guichet_fold($1) as name, guichet_fold($2) as email',
);

/**
 * Looks through every text that people typed for the person's e-mail and full name. It reads whole tables, so it
 * belongs to background work. It gives at most `limit` places.
 */
export async function findMentions(em: Em, { id, name, email }: Named, limit: number): Promise<Mention[]> {
  const [folded] = await selectFolded(em, [name, email]);
  const patterns = folded && patternsOf(folded);
  if (!patterns) return [];
  const found: Mention[] = [];
  for (const [table, entry] of Object.entries(PERSONAL_DATA)) {
    const sql = mentionsSql(table, entry);
    if (!sql || found.length >= limit) continue;
    for (const row of await select<Omit<Mention, 'table'>>(em, sql, [id, patterns.text, patterns.id, limit])) {
      found.push({ table, ...row });
    }
  }
  return found;
}

const placeOf = ({ table, id, field }: Mention) => `${table} ${id} ${field}`;

/** The decisions made so far; those of versions before stand in `kept` alone, and cover what was listed. */
function decisionsOf(before: Mentions | null) {
  if (before?.decisions) return before.decisions;
  return before?.kept ? [{ ...before.kept, found: before.found }] : [];
}

/** How many places decisions cover. */
export function decidedCount(before: Mentions | null): number {
  return decisionsOf(before).reduce((sum, { found }) => sum + found.length, 0);
}

/** Adds a decision of operations: it covers what is listed, and nothing that is found later. */
export function decided(mentions: Mentions, decision: MentionDecision): Mentions {
  const { found } = mentions;
  return { ...mentions, kept: decision, decisions: [...decisionsOf(mentions), { ...decision, found }] };
}

/** What was found now, less what decisions cover: that waits for another. When nothing does, all that is kept. */
export function withDecisions(found: readonly Mention[], before: Mentions | null, now: Date): Mentions {
  const there = new Set(found.map(placeOf));
  const decisions = decisionsOf(before)
    .map((decision) => ({ ...decision, found: decision.found.filter((one) => there.has(placeOf(one))) }))
    .filter((decision) => decision.found.length > 0);
  const covered = new Set(decisions.flatMap((decision) => decision.found.map(placeOf)));
  const waiting = found.filter((one) => !covered.has(placeOf(one)));
  const searched_at = now.toISOString();
  if (waiting.length > 0) {
    const listed = waiting.slice(0, MENTIONS_MAX);
    return { searched_at, found: listed, more: waiting.length > MENTIONS_MAX, kept: null, decisions };
  }
  const last = decisions.at(-1);
  const kept = last ? { ground: last.ground, by: last.by, at: last.at } : null;
  return { searched_at, found: decisions.flatMap((decision) => decision.found), more: false, kept, decisions };
}
