import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { sqlList } from '../../db/sql-list.ts';
import { type Em, select, statement } from '../../db/statement.ts';
import type { AuditAction } from '../audit/audit.rules.ts';
import { type Attempt, assertGoingOn, type JobDesk } from '../jobs/job.ts';
import { type Json, sealed } from './canonical-json.ts';
import { countSql, erasableColumns, eraseSql, searchSql } from './erasure.sql.ts';
import { erasureObstacle } from './erasure-obstacle.ts';
import { PrivacyObstacle } from './obstacle.ts';
import { PERSONAL_DATA } from './personal-data.ts';
import { OPEN_PRIVACY_STATUSES } from './privacy.rules.ts';
import { moveByDesk, type Processing, progressTeller } from './processing.ts';

type Person = { name: string; email: string | null; erased: boolean };

// Whoever is about to write for this person waits here, and then finds them erased.
const lockPerson = statement<Person>(
  'person_lock',
  'select name, email, erased_at is not null as erased from app_user where id = $1 for update',
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
 * @throws PrivacyObstacle for an agent's account, and while incidents are unfinished
 */
export async function erase(desk: JobDesk, processing: Processing, attempt: Attempt): Promise<void> {
  assertGoingOn(attempt);
  await progressTeller(desk, processing, 'erase')(0, Object.keys(PERSONAL_DATA).length);
  await desk.orm.em.fork().transactional(async (em) => {
    const [person] = await lockPerson(em, [processing.userId]);
    if (!person || person.erased) throw new PrivacyObstacle('account_erased');
    const obstacle = await erasureObstacle(em, processing.userId);
    if (obstacle) throw new PrivacyObstacle(obstacle);
    attempt.at('erasing');
    const now = new Date();
    const before = await countAll(em, processing.userId);
    await endOthers(em, processing);
    await markArchivesRemoved(em, [processing.userId, now]);
    await eraseAll(em, processing.userId, now);
    await markErased(em, [processing.userId, now]);
    attempt.at('erased');
    const certificate = await certify(em, processing, person, before, now);
    attempt.at('verified');
    await moveByDesk(em, processing, 'privacy_request_complete', {}, (request) => {
      request.certificate = certificate;
    });
  });
  desk.actors.forget(processing.userId);
}

type Counts = Record<string, { left: Record<string, number>; rows: number }>;

async function countAll(em: Em, userId: string): Promise<Counts> {
  const counts: Counts = {};
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const [row] = await select<Counts[string]>(em, countSql(name, table), [userId]);
    if (row) counts[name] = row;
  }
  return counts;
}

async function eraseAll(em: Em, userId: string, now: Date): Promise<void> {
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const sql = eraseSql(name, table);
    if (sql) await select(em, sql, sql.includes('$2') ? [userId, now] : [userId]);
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
async function certify(em: Em, processing: Processing, person: Person, before: Counts, now: Date) {
  const after = await countAll(em, processing.userId);
  const needles = needlesOf(person);
  const tables: { [name: string]: Json } = {};
  let erased = 0;
  let remaining = 0;
  for (const [name, table] of Object.entries(PERSONAL_DATA)) {
    const columns: { [name: string]: Json } = {};
    for (const [column, { erasure }] of erasableColumns(name)) {
      const left = after[name]?.left[column] ?? 0;
      const gone = (before[name]?.left[column] ?? 0) - left;
      columns[column] = { how: erasure.how, erased: gone, remaining: left };
      erased += gone;
      remaining += left;
    }
    for (const [column, entry] of Object.entries(table.columns)) {
      if (!entry.personal || entry.erasure.how !== 'keep') continue;
      columns[column] = { how: 'keep', kept: after[name]?.rows ?? 0, ground: entry.erasure.ground };
    }
    const search = searchSql(name, table);
    const [found] = search ? await select<{ found: number }>(em, search, [processing.userId, needles]) : [];
    remaining += found?.found ?? 0;
    tables[name] = { rows: before[name]?.rows ?? 0, columns, ...(found ? { mentions: found.found } : {}) };
  }
  if (remaining > 0) throw new Error(`${remaining} values of a person are left after the erasure`);
  return sealed({
    kind: 'erasure',
    privacy_request_id: processing.id,
    user_id: processing.userId,
    request_id: processing.requestId,
    erased_at: now.toISOString(),
    erased,
    remaining,
    tables,
  });
}
