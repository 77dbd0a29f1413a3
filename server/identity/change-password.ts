import { statement } from '../../db/statement.ts';
import { writeAuditEvent } from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import { type Identification, identify } from './identity.service.ts';
import { endAllOthers, holdSignIns } from './own-sessions.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword } from './password-strength.ts';

const selectOwner = statement<{ email: string; name: string }>(
  'password_owner',
  'select email, name from app_user where id = $1 and erased_at is null',
);

const setPassword = statement('password_set', 'update app_user set password_hash = $2, updated_at = $3 where id = $1');

/**
 * Gives whoever is signed in another password, and ends all that they are signed in by besides. The current password
 * counts as an attempt to sign in.
 * @throws AppError invalid_credentials, rate_limited; validation_failed for a new password that is easy to guess
 */
export async function changePassword(
  identification: Identification,
  passwords: { current_password: string; new_password: string },
): Promise<void> {
  const { desk, em, request, audit, now } = identification;
  const { actor } = request;
  if (!actor) throw new AppError('unauthenticated');
  audit.targetId = actor.id;
  audit.subjectUserId = actor.id;
  const [owner] = await selectOwner(em, [actor.id]);
  if (!owner) throw new AppError('unauthenticated');
  await identify(identification, { email: owner.email, password: passwords.current_password });
  assertGoodPassword(passwords.new_password, owner, 'new_password');
  const hash = await hashPassword(passwords.new_password);
  await em.transactional(async (em) => {
    await holdSignIns(em, actor);
    await setPassword(em, [actor.id, hash, now]);
    await endAllOthers(em, actor, now);
    await writeAuditEvent(em, audit, { requestId: request.requestId, actor, now }, 'success');
    audit.written = true;
  });
  desk.actors.forget(actor.id);
}
