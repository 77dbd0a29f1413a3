import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { PrivacyRequest } from '../../db/entities/privacy-request.ts';
import { User } from '../../db/entities/user.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Change } from '../work.ts';
import { firstDeadline } from './deadline.rules.ts';
import { withClock } from './privacy.read.ts';
import type { PrivacyKind } from './privacy.rules.ts';
import type { PrivacyRequest as PrivacyRequestView } from './privacy.schema.ts';

const selectPerson = statement<{ id: string }>(
  'person_get',
  'select id from app_user where id = $1 and erased_at is null',
);

/**
 * Takes a request in; the legal clock starts now (GDPR Art. 12(3)).
 * @throws AppError user_not_found; privacy_request_already_open when one of this kind is under way
 */
export async function createPrivacyRequest(
  work: Change,
  input: { user_id: string; kind: PrivacyKind; details?: string | undefined },
): Promise<PrivacyRequestView> {
  work.audit.subjectUserId = input.user_id;
  const [person] = await selectPerson(work.em, [input.user_id]);
  if (!person) throw new AppError('user_not_found');
  const due = firstDeadline(work.now);
  const request = work.em.create(PrivacyRequest, {
    id: uuidv7({ msecs: work.now.getTime() }),
    user: work.em.getReference(User, input.user_id, { wrapped: true }),
    kind: input.kind,
    status: 'requested',
    details: input.details ?? null,
    requestedBy: work.em.getReference(User, work.actor.id, { wrapped: true }),
    receivedAt: work.now,
    firstDueAt: due,
    dueAt: due,
    createdAt: work.now,
    updatedAt: work.now,
  });
  await work.em.flush().catch((error: unknown) => {
    if (error instanceof UniqueConstraintViolationException) throw new AppError('privacy_request_already_open');
    throw error;
  });
  work.audit.targetId = request.id;
  work.audit.details = { kind: request.kind, status: request.status };
  return toPrivacyRequestView(request, work.now);
}

export function toPrivacyRequestView(request: PrivacyRequest, now: Date): PrivacyRequestView {
  const iso = (date: Date | null | undefined) => date?.toISOString() ?? null;
  return withClock(
    {
      id: request.id,
      user_id: request.user.id,
      kind: request.kind,
      status: request.status,
      details: request.details ?? null,
      reason: request.reason ?? null,
      received_at: request.receivedAt.toISOString(),
      due_at: request.dueAt.toISOString(),
      first_due_at: request.firstDueAt.toISOString(),
      extended_at: iso(request.extendedAt),
      extension_reason: request.extensionReason ?? null,
      decided_at: iso(request.decidedAt),
      completed_at: iso(request.completedAt),
      requested_by: request.requestedBy?.id ?? null,
      version: request.version,
      created_at: request.createdAt.toISOString(),
      updated_at: request.updatedAt.toISOString(),
    },
    now,
  );
}
