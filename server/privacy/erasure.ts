import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { newerSchema } from '../../db/newer-schema.ts';
import { sqlList } from '../../db/sql-list.ts';
import { type Em, select, statement } from '../../db/statement.ts';
import type { AuditAction } from '../audit/audit.rules.ts';
import { type Attempt, assertGoingOn, type JobDesk, JobInterrupted } from '../jobs/job.ts';
import { type Json, type SealKey, sealed } from './canonical-json.ts';
import { MENTIONS_MAX, type Mentions, NOT_COVERED } from './erasure.rules.ts';
import { countSql, erasableColumns, eraseSql, searchedColumns, searchSql } from './erasure.sql.ts';
import { atTable, StepFailed } from './erasure-failure.ts';
import { decidedCount, findMentions, withDecisions } from './erasure-mentions.ts';
import { erasureObstacle } from './erasure-obstacle.ts';
import { sampleAnew, searchStatistics } from './erasure-statistics.ts';
import { PrivacyObstacle } from './obstacle.ts';
import { PERSONAL_DATA } from './personal-data.ts';
import { OPEN_PRIVACY_STATUSES } from './privacy.rules.ts';
import { moveByDesk, type Processing, progressTeller } from './processing.ts';

type Person = { name: string; email: string | null; locale: string; erased: boolean };

/** How long a statement, and a wait for a lock, may take here; requests have far less. */
const PATIENCE_MS = 10 * 60_000;
const LOCK_PATIENCE_MS = 60_000;

const bePatient = statement(
  'erasure_patience',
  "select set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true)",
);

const selectPerson = statement<Person>(
  'person_to_erase',
  'select name, email, locale, erased_at is not null as erased from app_user where id = $1',
);

const selectMentions = statement<{ mentions: Mentions | null }>(
  'privacy_request_mentions',
  'select mentions from privacy_request where id = $1',
);

const updateMentions = statement(
  'privacy_request_mentions_found',
  'update privacy_request set mentions = $2::jsonb where id = $1',
);

const selectDecision = statement<{ identity: Json; approval: Json }>(
  'privacy_request_decision',
  `select json_build_object('means', r.identity_means, 'checked_on', r.identity_checked_on::text,
       'checked_by', r.identity_checked_by_id, 'recorded_at', guichet_iso(r.identity_checked_at)) as identity,
     (select json_build_object('by', e.actor_id, 'at', guichet_iso(e.created_at)) from audit_event e
      where e.target_id = r.id::text and e.action = 'privacy_request_approve' and e.status = 'success'
      order by e.created_at desc, e.id desc limit 1) as approval
   from privacy_request r where r.id = $1`,
);

// Whoever is about to write for this person waits here, and then finds them erased.
const lockPerson = statement<Person>(
  'person_lock',
  'select name, email, locale, erased_at is not null as erased from app_user where id = $1 for update',
);

const markErased = statement('person_erased', 'update app_user set erased_at = $2, updated_at = $2 where id = $1');

const markArchivesRemoved = statement(
  'person_archives_removed',
  `update privacy_archive set removed_at = $2 where removed_at is null
     and request_id in (select id from privacy_request where user_id = $1)`,
);

/**
 * Erases a person over the register of personal data (GDPR Art. 17), counts again what is left, and completes the
 * request with the certificate of it: all in one transaction, so that it is done once or not at all.
 * @throws PrivacyObstacle for an agent's account, while incidents are unfinished, and until operations have decided
 *   about texts of other people that name the person
 */
export async function erase(desk: JobDesk, processing: Processing, attempt: Attempt): Promise<void> {
  assertGoingOn(attempt);
  await progressTeller(desk, processing, 'erase')(0, Object.keys(PERSONAL_DATA).length);
  const mentions = await searchOthers(desk, processing);
  await desk.orm.em.fork().transactional(async (em) => {
    await bePatient(em, [String(PATIENCE_MS), String(LOCK_PATIENCE_MS)]);
    const [person] = await lockPerson(em, [processing.userId]);
    if (!person || person.erased) throw new PrivacyObstacle('account_erased');
    const obstacle = await erasureObstacle(em, processing.userId);
    if (obstacle) throw new PrivacyObstacle(obstacle);
    attempt.at('erasing');
    const now = new Date();
    const before = await countAll(em, processing.userId);
    await endOthers(em, processing);
    await atTable('privacy_archive', () => markArchivesRemoved(em, [processing.userId, now]));
    await eraseAll(em, processing.userId, now);
    await atTable('app_user', () => markErased(em, [processing.userId, now]));
    attempt.at('erased');
    await sampleAnew(
      em,
      Object.keys(before).filter((table) => (before[table]?.rows ?? 0) > 0),
    );
    const certificate = await certify(em, desk.sealKey, processing, person, before, mentions, now);
    await assertSchemaKnown(em);
    attempt.at('verified');
    const { sha256 } = certificate;
    await moveByDesk(em, processing, 'privacy_request_complete', { certificate: sha256 }, (request) => {
      request.certificate = certificate;
    });
  });
  desk.actors.forget(processing.userId);
}

/**
 * Looks for the person in texts of other people, notes what is found on the request, and gives it back once operations
 * have decided to keep it or nothing is there.
 */
async function searchOthers(desk: JobDesk, { id, userId }: Processing): Promise<Mentions | null> {
  const mentions = await desk.orm.em.fork().transactional(async (em) => {
    await bePatient(em, [String(PATIENCE_MS), String(LOCK_PATIENCE_MS)]);
    const [person] = await selectPerson(em, [userId]);
    if (!person || person.erased) return null;
    const [before] = await selectMentions(em, [id]);
    const known = before?.mentions ?? null;
    // All that is decided may come first: one more than is listed must be among the rest.
    const limit = decidedCount(known) + MENTIONS_MAX + 1;
    const mentions = withDecisions(await findMentions(em, { id: userId, ...person }, limit), known, new Date());
    await updateMentions(em, [id, JSON.stringify(mentions)]);
    return mentions;
  });
  if (mentions && mentions.found.length > 0 && !mentions.kept) throw new PrivacyObstacle('mentions_found');
  return mentions;
}

/**
 * Last, so that what a newer build has added meanwhile is seen: whoever writes there waits for the lock on the person.
 * @throws JobInterrupted
 */
async function assertSchemaKnown(em: Em): Promise<void> {
  const unknown = await newerSchema((text, parameters) => select(em, text, parameters));
  if (unknown.length > 0) throw new JobInterrupted();
}

type Counts = Record<string, { left: Record<string, number>; rows: number }>;

async function countAll(em: Em, userId: string): Promise<Counts> {
  const counts: Counts = {};
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const [row] = await atTable(name, () => select<Counts[string]>(em, countSql(name, table), [userId]));
    if (row) counts[name] = row;
  }
  return counts;
}

async function eraseAll(em: Em, userId: string, now: Date): Promise<void> {
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const sql = eraseSql(name, table);
    if (sql) await atTable(name, () => select(em, sql, sql.includes('$2') ? [userId, now] : [userId]));
  }
}

const selectOtherOpen = statement<{ id: string; status: keyof typeof WAYS_OUT }>(
  'privacy_request_other_open_of',
  `select id, status from privacy_request where user_id = $1 and id <> $2
     and status in (${sqlList(OPEN_PRIVACY_STATUSES)}) for update`,
);

/** The way along the transition table by which a request ends whose person is erased. */
const WAYS_OUT = {
  requested: ['privacy_request_cancel'],
  identity_check: ['privacy_request_cancel'],
  approved: ['privacy_request_process', 'privacy_request_fail', 'privacy_request_deny'],
  processing: ['privacy_request_fail', 'privacy_request_deny'],
  failed: ['privacy_request_deny'],
} as const satisfies Record<(typeof OPEN_PRIVACY_STATUSES)[number], readonly AuditAction[]>;

/** Nobody is left to answer: what the person had asked besides ends with the account. */
async function endOthers(em: SqlEntityManager, processing: Processing): Promise<void> {
  for (const { id, status } of await selectOtherOpen(em, [processing.userId, processing.id])) {
    for (const action of WAYS_OUT[status]) {
      await moveByDesk(em, { ...processing, id }, action, { reason: 'account_erased' });
    }
  }
}

/**
 * What an erasure searches for where free forms are kept. Names of one word are left out: `Open`, `Kind` or `Ebba` stand
 * in codes and ids too, and would keep their bearers from ever being erased.
 */
export function needlesOf({ email, name }: Pick<Person, 'email' | 'name'>): string[] {
  const words = name.trim().split(/\s+/u);
  return [...(email ? [email] : []), ...(words.length > 1 ? [name.trim()] : [])].map((text) => text.toLowerCase());
}

/** What was erased, what is left (nothing), and what stays on which ground, table by table and column by column. */
async function certify(
  em: Em,
  key: SealKey,
  processing: Processing,
  person: Person,
  before: Counts,
  mentions: Mentions | null,
  now: Date,
) {
  const after = await countAll(em, processing.userId);
  const needles = needlesOf(person);
  const tables: { [name: string]: Json } = {};
  let erased = 0;
  let remaining = 0;
  const left = (table: string, column: string | null): void => {
    throw new StepFailed({ class: 'left_over', sqlstate: null, table, column, constraint: null });
  };
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const columns: { [name: string]: Json } = {};
    for (const [column, { erasure }] of erasableColumns(name)) {
      const still = after[name]?.left[column] ?? 0;
      const gone = (before[name]?.left[column] ?? 0) - still;
      if (still > 0) left(name, column);
      columns[column] = { how: erasure.how, erased: gone, remaining: still };
      erased += gone;
      remaining += still;
    }
    for (const [column, entry] of Object.entries(table.columns)) {
      if (!entry.personal || entry.erasure.how !== 'keep') continue;
      columns[column] = { how: 'keep', kept: after[name]?.rows ?? 0, ground: entry.erasure.ground };
    }
    const search = searchSql(name, table);
    const [found] = search ? await select<{ found: number }>(em, search, [processing.userId, needles]) : [];
    if (found && found.found > 0) left(name, searchedColumns(table).join('_or_'));
    tables[name] = { rows: before[name]?.rows ?? 0, columns, ...(found ? { mentions: found.found } : {}) };
  }
  const statistics = await searchStatistics(em, Object.keys(PERSONAL_DATA), person.email, mentions?.found ?? []);
  for (const { table, column } of statistics.found) left(`pg_stats_of_${table}`, column);
  const [decision] = await selectDecision(em, [processing.id]);
  const certificate = {
    kind: 'erasure',
    privacy_request_id: processing.id,
    user_id: processing.userId,
    request_id: processing.requestId,
    locale: person.locale,
    erased_at: now.toISOString(),
    identity_check: decision?.identity ?? null,
    approved: decision?.approval ?? null,
    erased,
    remaining,
    tables,
    statistics: { columns: statistics.columns, found: statistics.found.length },
    texts_of_others: mentions as unknown as Json,
    not_covered: [...NOT_COVERED],
  };
  return sealed(certificate, key);
}
