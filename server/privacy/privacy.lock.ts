import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { NEXT_INSTANT } from '../../db/clock.ts';
import { PrivacyRequest } from '../../db/entities/privacy-request.ts';
import { statement } from '../../db/statement.ts';

const lock = statement<{ instant: string }>(
  'privacy_request_lock',
  `with locked as materialized (select updated_at from privacy_request
     where id = $1 and ($2::uuid is null or user_id = $2) for update)
   select ${NEXT_INSTANT} as instant from locked`,
);

/** A privacy request with its row locked, and the instant of the change that the lock is for; `owner` narrows whose. */
export async function lockPrivacyRequest(
  em: SqlEntityManager,
  id: string,
  owner: string | null = null,
): Promise<{ request: PrivacyRequest; instant: Date } | null> {
  const [locked] = await lock(em, [id, owner]);
  if (!locked) return null;
  const request = await em.findOneOrFail(PrivacyRequest, id, { populate: ['mentions'], refresh: true });
  return { request, instant: new Date(locked.instant) };
}
