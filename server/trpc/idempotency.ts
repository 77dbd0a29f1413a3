import { hash } from 'node:crypto';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import { isDeeper } from '../json-depth.ts';
import { canonicalJson, type Json } from '../privacy/canonical-json.ts';
import type { Change } from '../work.ts';

/** How long a key gives its first answer. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

/** Thrown out of the transaction, which then changes nothing, when a key has its answer already. */
export class Replay extends Error {
  readonly body: unknown;

  constructor(body: unknown) {
    super('The answer was given before');
    this.body = body;
  }
}

/** The first answer, when that is why a call failed. */
export function replayIn(error: unknown): Replay | null {
  return error instanceof Error && error.cause instanceof Replay ? error.cause : null;
}

const tryLock = statement<{ locked: boolean }>(
  'idempotency_lock',
  'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked',
);

const selectAnswer = statement<{ fingerprint: string; body: unknown }>(
  'idempotency_get',
  'select fingerprint, body from idempotency_key where actor_id = $1 and key = $2 and expires_at > $3',
);

const insertAnswer = statement(
  'idempotency_insert',
  `insert into idempotency_key
     (actor_id, key, fingerprint, subject_user_id, status, body, created_at, expires_at)
   values ($1, $2, $3, $4, 201, $5, $6, $7)
   on conflict (actor_id, key) do update set fingerprint = excluded.fingerprint,
     subject_user_id = excluded.subject_user_id, body = excluded.body,
     created_at = excluded.created_at, expires_at = excluded.expires_at`,
);

/** Nesting of JSON that an input may have; no procedure takes more than three. */
const DEPTH = 32;

/** The same for the same values, however their members are ordered. @throws AppError validation_failed */
function fingerprintOf(procedure: string, input: unknown): string {
  if (isDeeper(input, DEPTH)) {
    throw new AppError('validation_failed', { issues: [{ path: '', message: `is nested deeper than ${DEPTH}` }] });
  }
  return hash('sha256', canonicalJson([procedure, (input ?? null) as Json]));
}

/** As versions before wrote it, by the order of members: their keys are good for a day. */
function asWritten(procedure: string, input: unknown): string {
  return hash('sha256', JSON.stringify([procedure, input]));
}

/**
 * Makes a creation with this key happen once: a repeat gets the first answer.
 * @param input what was asked, as received; with `procedure` it is what a key stands for
 * @throws Replay with the first answer; AppError idempotency_in_progress, idempotency_key_reused
 */
export async function onceForKey<T extends { data: unknown }>(
  work: Change,
  { key, procedure, input }: { key: string; procedure: string; input: unknown },
  create: () => Promise<T>,
): Promise<T> {
  const fingerprint = fingerprintOf(procedure, input);
  const [lock] = await tryLock(work.em, [`${work.actor.id}:${key}`]);
  if (!lock?.locked) throw new AppError('idempotency_in_progress');
  const [before] = await selectAnswer(work.em, [work.actor.id, key, work.now]);
  if (before && before.fingerprint !== fingerprint && before.fingerprint !== asWritten(procedure, input))
    throw new AppError('idempotency_key_reused');
  if (before) throw new Replay(before.body);
  const result = await create();
  const expires = new Date(work.now.getTime() + KEPT_FOR_MS);
  const answer = JSON.stringify(result.data);
  await insertAnswer(work.em, [work.actor.id, key, fingerprint, work.audit.subjectUserId, answer, work.now, expires]);
  return result;
}
