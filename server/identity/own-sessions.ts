import { type Em, statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../request-context.ts';
import type { Change, Work } from '../work.ts';
import type { OwnSessions } from './identity.schema.ts';
import { absoluteEndSql, isInTimeSql, isLiveSql, LAST_USED_SQL } from './sessions.sql.ts';

/** More sign-ins than a person can look through; those used last are shown. */
const SHOWN = 100;

// A family was last used when it was last renewed.
const selectOwn = statement<OwnSessions['items'][number]>(
  'own_sessions',
  `select id, kind, guichet_iso(created_at) as created_at, guichet_iso(last_used_at) as last_used_at,
     guichet_iso(expires_at) as expires_at, current
   from (
     select s.id, 'browser' as kind, s.created_at, ${LAST_USED_SQL} as last_used_at, ${absoluteEndSql()} as expires_at,
       s.id is not distinct from $3::uuid as current
     from session s join app_user u on u.id = s.user_id where s.user_id = $1 and ${isLiveSql('$2')}
     union all
     select r.family_id, 'token', coalesce(min(r.signed_in_at), min(r.created_at)), max(r.created_at), max(r.expires_at),
       r.family_id is not distinct from $4::uuid
     from refresh_token r where r.user_id = $1 and r.revoked_at is null and r.expires_at > $2 group by r.family_id
   ) own
   order by current desc, own.last_used_at desc, id limit ${SHOWN}`,
);

/** What the caller is signed in by: browsers, and families of tokens. The one that asks comes first. */
export async function listOwnSessions({ em, actor, now }: Work): Promise<OwnSessions> {
  return { items: await selectOwn(em, [actor.id, now, actor.sessionId ?? null, actor.familyId ?? null]) };
}

const lockOwner = statement<{ id: string }>(
  'sessions_lock_owner',
  'select id from app_user where id = $1 and erased_at is null for update',
);

/**
 * Has whoever renews a token of this person, or signs them in, wait: a token that is being made while its family ends
 * would outlive it. The account comes before what hangs on it, as an erasure locks it.
 * @throws AppError unauthenticated when the account is gone
 */
export async function holdSignIns(em: Em, { id }: Pick<Actor, 'id'>): Promise<void> {
  const [owner] = await lockOwner(em, [id]);
  if (!owner) throw new AppError('unauthenticated');
}

type Ended = { ended: number };

const endOne = statement<Ended>(
  'session_end_own',
  `with browser as (
     update session s set revoked_at = $3 from app_user u
     where s.id = $2 and s.user_id = $1 and u.id = s.user_id and ${isLiveSql('$3')} returning s.id),
   family as (
     update refresh_token set revoked_at = $3
     where family_id = $2 and user_id = $1 and revoked_at is null and expires_at > $3 returning family_id)
   select count(*)::int as ended from (select id from browser union select family_id from family) gone`,
);

/** Ends one of the caller's own sign-ins. @throws AppError session_not_found, also for what has ended, or is another's */
export async function endOwnSession(work: Change, id: string, forget: Forget): Promise<void> {
  const { em, actor, audit, now } = work;
  await holdSignIns(em, actor);
  const [gone] = await endOne(em, [actor.id, id, now]);
  if (!gone?.ended) throw new AppError('session_not_found');
  audit.subjectUserId = actor.id;
  audit.details = { ended: gone.ended };
  work.afterCommit(() => forget(actor.id, id));
}

const endOthers = statement<Ended>(
  'sessions_end_others',
  `with browser as (
     update session s set revoked_at = $2 from app_user u
     where s.user_id = $1 and s.revoked_at is null and s.id is distinct from $3::uuid and u.id = s.user_id
     returning s.id, ${isInTimeSql('$2')} as live),
   family as (
     update refresh_token set revoked_at = $2
     where user_id = $1 and revoked_at is null and family_id is distinct from $4::uuid
     returning family_id, expires_at > $2 as live)
   select count(*)::int as ended
   from (select id from browser where live union select family_id from family where live) gone`,
);

/** Ends all that somebody is signed in by, but that by which they ask; how many. {@link holdSignIns} comes before. */
export async function endAllOthers(em: Em, actor: Actor, now: Date): Promise<number> {
  const [gone] = await endOthers(em, [actor.id, now, actor.sessionId ?? null, actor.familyId ?? null]);
  return gone?.ended ?? 0;
}

/** The same as an act of its own; where there is nothing to end, there is no event. */
export async function endOtherSessions(work: Change, forget: Forget): Promise<number> {
  const { em, actor, audit, now } = work;
  await holdSignIns(em, actor);
  const ended = await endAllOthers(em, actor, now);
  audit.subjectUserId = actor.id;
  audit.details = { ended };
  audit.idle = ended === 0;
  audit.written = audit.idle;
  work.afterCommit(() => forget(actor.id));
  return ended;
}

/** Drops what this instance remembers of a person, or of one family of theirs. */
type Forget = (userId: string, familyId?: string) => void;
