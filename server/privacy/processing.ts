import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { PrivacyRequest } from '../../db/entities/privacy-request.ts';
import { type Em, statement } from '../../db/statement.ts';
import type { AuditAction } from '../audit/audit.rules.ts';
import { AuditDraft, SYSTEM, writeAuditEvent } from '../audit/audit.service.ts';
import { type Attempt, type JobDesk, JobInterrupted } from '../jobs/job.ts';
import { currentRequest } from '../request-context.ts';
import { forgetArchive } from './archive.store.ts';
import { erase } from './erasure.ts';
import { failureOf } from './erasure-failure.ts';
import { exportPersonalData } from './export.ts';
import { PrivacyObstacle } from './obstacle.ts';
import { lockPrivacyRequest } from './privacy.lock.ts';
import {
  canTransitionPrivacyRequest,
  PRIVACY_FAILURES,
  type PrivacyFailure,
  type PrivacyStep,
} from './privacy.rules.ts';

/** A request that is being carried out, and the request_id of whoever approved it or had it tried again. */
export type Processing = { id: string; userId: string; requestId: string };

/**
 * Carries an approved access or erasure request out: approved -> processing -> completed, or failed with a reason.
 * Each step commits by itself and is not done twice, so that work cut off anywhere can simply be begun again.
 */
export async function processPrivacyRequest(desk: JobDesk, id: string, attempt: Attempt): Promise<void> {
  attempt.at('locked');
  const request = await desk.orm.em.fork().findOne(PrivacyRequest, id);
  if (!request || (request.status !== 'approved' && request.status !== 'processing')) return;
  const processing = { id, userId: request.user.id, requestId: await requestIdOf(desk.orm.em.fork(), id) };
  if (request.status === 'approved') {
    await desk.orm.em.fork().transactional((em) => moveByDesk(em, processing, 'privacy_request_process'));
  }
  attempt.at('processing');
  try {
    if (request.kind === 'access') await exportPersonalData(desk, processing, attempt);
    else if (request.kind === 'erasure') await erase(desk, processing, attempt);
  } catch (error) {
    const failing = (failure: PrivacyFailure) =>
      desk.orm.em.fork().transactional((em) => fail(em, processing, failure, failure === 'gave_up' ? error : null));
    if (error instanceof PrivacyObstacle) return failing(error.failure);
    if (attempt.last && !(error instanceof JobInterrupted)) await failing('gave_up');
    throw error;
  }
  attempt.at('done');
}

/** Has a request fail, in the transaction of `em`, whose last attempt died or could not say so; leaves any other alone. */
export async function giveUpPrivacyRequest(em: SqlEntityManager, id: string): Promise<void> {
  const request = await em.findOne(PrivacyRequest, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!request) return;
  const processing = { id, userId: request.user.id, requestId: await requestIdOf(em, id) };
  if (request.status === 'approved') await moveByDesk(em, processing, 'privacy_request_process');
  await fail(em, processing, 'gave_up');
}

async function fail(
  em: SqlEntityManager,
  processing: Processing,
  failure: PrivacyFailure,
  cause: unknown = null,
): Promise<void> {
  const failed = await moveByDesk(em, processing, 'privacy_request_fail', { reason: failure }, (request) => {
    request.reason = PRIVACY_FAILURES[failure];
    request.failure = failure === 'gave_up' ? failureOf(cause) : null;
  });
  // Nobody will be given what an attempt had kept.
  if (failed) await forgetArchive(em, processing.id);
}

const MOVES = {
  privacy_request_process: 'processing',
  privacy_request_complete: 'completed',
  privacy_request_fail: 'failed',
  privacy_request_deny: 'denied',
  privacy_request_cancel: 'canceled',
} as const satisfies Partial<Record<AuditAction, string>>;

/**
 * One transition by the desk itself, with its event, in the transaction of `em`. Where the request has been moved
 * already it is left alone.
 * @returns whether it was moved now
 */
export async function moveByDesk(
  em: SqlEntityManager,
  processing: Processing,
  action: keyof typeof MOVES,
  details: Record<string, string> = {},
  change: (request: PrivacyRequest, now: Date) => void = () => {},
): Promise<boolean> {
  const locked = await lockPrivacyRequest(em, processing.id);
  const to = MOVES[action];
  if (!locked || !canTransitionPrivacyRequest(locked.request.status, to)) return false;
  const { request, instant: now } = locked;
  const draft = new AuditDraft(action, 'privacy_request', request.id);
  draft.subjectUserId = request.user.id;
  draft.details = { kind: request.kind, from: request.status, to, ...details };
  draft.at = now;
  request.status = to;
  request.updatedAt = now;
  if (to === 'completed') request.completedAt = now;
  if (to === 'denied') request.decidedAt = now;
  if (to !== 'processing') request.progress = null;
  if (to === 'completed') request.failure = null;
  change(request, now);
  await em.flush();
  await writeAuditEvent(em, draft, { requestId: processing.requestId, actor: SYSTEM, now }, 'success');
  return true;
}

const selectRequestId = statement<{ request_id: string }>(
  'privacy_request_last_request_id',
  `select request_id from audit_event
   where target_id = $1 and action in ('privacy_request_approve', 'privacy_request_retry') and status = 'success'
   order by created_at desc, id desc limit 1`,
);

/** Background work goes on under the request_id of the approval, or of the retry, that asked for it. */
async function requestIdOf(em: Em, id: string): Promise<string> {
  const [row] = await selectRequestId(em, [id]);
  const request = currentRequest();
  if (request && row) request.requestId = row.request_id;
  return row?.request_id ?? request?.requestId ?? id;
}

const updateProgress = statement(
  'privacy_request_progress',
  `update privacy_request set progress = $2::jsonb where id = $1 and status = 'processing'`,
);

/** Tells how far a step has come, in a statement of its own; call it a few times a second at most. */
export function progressTeller(desk: JobDesk, { id }: Processing, step: PrivacyStep) {
  return async (done: number, total: number): Promise<void> => {
    await updateProgress(desk.orm.em.fork(), [id, JSON.stringify({ step, done: Math.min(done, total), total })]);
  };
}
