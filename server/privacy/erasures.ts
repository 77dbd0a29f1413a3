import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { DATABASE_NOW } from '../../db/clock.ts';
import { PrivacyRequest } from '../../db/entities/privacy-request.ts';
import { User } from '../../db/entities/user.ts';
import { sqlList } from '../../db/sql-list.ts';
import { type Em, statement } from '../../db/statement.ts';
import type { AuditAction } from '../audit/audit.rules.ts';
import { AuditDraft, SYSTEM, writeAuditEvent } from '../audit/audit.service.ts';
import { alone } from '../jobs/guard.ts';
import type { JobDesk } from '../jobs/job.ts';
import { jobKey } from '../jobs/jobs.rules.ts';
import { firstDeadline } from './deadline.rules.ts';
import type { Erasure } from './erasures.file.ts';
import { lockPrivacyRequest } from './privacy.lock.ts';
import { OPEN_PRIVACY_STATUSES } from './privacy.rules.ts';
import { processPrivacyRequest } from './processing.ts';

const selectErased = statement<Erasure>(
  'erasures_done',
  `select u.id as user_id, r.id as privacy_request_id, guichet_iso(u.erased_at) as erased_at,
     guichet_iso(r.received_at) as received_at, guichet_iso(r.first_due_at) as first_due_at, r.clock_rule,
     case when r.identity_means is not null and r.identity_checked_on is not null then json_build_object(
       'means', r.identity_means, 'checked_on', r.identity_checked_on::text,
       'checked_at', guichet_iso(r.identity_checked_at), 'by', r.identity_checked_by_id) end as identity,
     r.mentions, r.certificate->>'sha256' as certificate
   from app_user u left join lateral (
     select * from privacy_request p where p.user_id = u.id and p.kind = 'erasure' and p.status = 'completed'
     order by p.completed_at desc limit 1) r on true
   where u.erased_at is not null order by u.erased_at, u.id`,
);

/** Everybody who was erased, and what it takes to erase them again. */
export function listErasures(em: Em): Promise<Erasure[]> {
  return selectErased(em, []);
}

const selectAlive = statement<{ id: string }>(
  'erasures_undone',
  'select id from app_user where id = any($1::uuid[]) and erased_at is null',
);

/** Of these, the erasures of people whom the database has alive, as one does that was restored. */
export async function undoneErasures(em: Em, erasures: Erasure[]): Promise<Erasure[]> {
  const alive = new Set((await selectAlive(em, [erasures.map(({ user_id }) => user_id)])).map(({ id }) => id));
  return erasures.filter(({ user_id }) => alive.has(user_id));
}

/** Why somebody is still there; null: erased. */
export type Replayed = { erasure: Erasure; request: string | null; reason: string | null };

/**
 * Erases somebody again, as an approved request does: searched, certified, in the audit. The request is the one that the
 * database has, or else is made again under the id that it had; one that meets an obstacle is `failed`, to be retried.
 */
export async function replayErasure(desk: JobDesk, erasure: Erasure): Promise<Replayed> {
  const id = await desk.orm.em.fork().transactional((em) => approvedAgain(em, desk, erasure));
  if (id === null) return { erasure, request: null, reason: null };
  const attempt = { last: true, signal: new AbortController().signal, at: () => {} };
  try {
    await alone(desk.pool, jobKey('privacy_request', id), () => processPrivacyRequest(desk, id, attempt));
  } catch (error) {
    return { erasure, request: id, reason: error instanceof Error ? error.message : String(error) };
  }
  const request = await desk.orm.em.fork().findOneOrFail(PrivacyRequest, id);
  return { erasure, request: id, reason: request.status === 'completed' ? null : (request.reason ?? request.status) };
}

const lockPerson = statement<{ instant: string }>(
  'erasures_person_lock',
  `with person as materialized (
     select id from app_user where id = $1 and erased_at is null for no key update)
   select ${DATABASE_NOW} as instant from person`,
);

const selectOpen = statement<{ id: string }>(
  'erasures_open_request',
  `select id from privacy_request where user_id = $1 and kind = 'erasure'
     and status in (${sqlList(OPEN_PRIVACY_STATUSES)})`,
);

const selectTaken = statement('erasures_request_taken', 'select 1 from privacy_request where id = $1');

/** The id of the person's request, approved or under way; null for somebody who is erased by now. */
async function approvedAgain(em: SqlEntityManager, desk: JobDesk, erasure: Erasure): Promise<string | null> {
  const [person] = await lockPerson(em, [erasure.user_id]);
  if (!person) return null;
  const [open] = await selectOpen(em, [erasure.user_id]);
  const id = open?.id ?? (await makeAgain(em, desk, erasure, new Date(person.instant)));
  const locked = await lockPrivacyRequest(em, id);
  if (!locked) throw new Error(`The request ${id} is gone`);
  const { request, instant } = locked;
  const from = request.status;
  if (from === 'approved' || from === 'processing') return id;
  const [to, action] =
    from === 'failed'
      ? (['processing', 'privacy_request_retry'] as const)
      : (['approved', 'privacy_request_approve'] as const);
  request.status = to;
  request.reason = null;
  request.failure = null;
  request.decidedAt ??= instant;
  request.updatedAt = instant;
  if (erasure.mentions?.kept && !request.mentions) request.mentions = erasure.mentions;
  await em.flush();
  await note(em, erasure, id, action, instant, { from, to });
  return id;
}

async function makeAgain(em: SqlEntityManager, desk: JobDesk, erasure: Erasure, now: Date): Promise<string> {
  const { privacy_request_id: before, identity } = erasure;
  const taken = before === null || (await selectTaken(em, [before])).length > 0;
  const id = taken ? uuidv7({ msecs: now.getTime() }) : before;
  const received = erasure.received_at ? new Date(erasure.received_at) : now;
  const due = erasure.first_due_at ? new Date(erasure.first_due_at) : firstDeadline(received, desk.calendar);
  em.create(PrivacyRequest, {
    id,
    user: em.getReference(User, erasure.user_id, { wrapped: true }),
    kind: 'erasure',
    status: 'requested',
    identityMeans: identity?.means ?? null,
    identityCheckedOn: identity?.checked_on ?? null,
    identityCheckedAt: identity ? new Date(identity.checked_at) : null,
    identityCheckedBy: identity?.by ?? null,
    receivedAt: received,
    firstDueAt: due,
    dueAt: due,
    clockRule: erasure.first_due_at ? erasure.clock_rule : 'calendar_days',
    createdAt: now,
    updatedAt: now,
  });
  await em.flush();
  await note(em, erasure, id, 'privacy_request_create', now, { status: 'requested' });
  return id;
}

/** The event of an act that is done again; `certificate` names the first erasure's. */
async function note(
  em: Em,
  { user_id, certificate }: Erasure,
  id: string,
  action: AuditAction,
  at: Date,
  details: Record<string, string>,
): Promise<void> {
  const draft = new AuditDraft(action, 'privacy_request', id);
  draft.subjectUserId = user_id;
  draft.details = { kind: 'erasure', ...details, reason: 'erasure_replayed', ...(certificate ? { certificate } : {}) };
  draft.at = at;
  await writeAuditEvent(em, draft, { requestId: uuidv7(), actor: SYSTEM, now: at }, 'success');
}
