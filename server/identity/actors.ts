import type { MikroORM } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../request-context.ts';
import type { Bearer } from './access-token.ts';

/** How long other instances let an access token act whose family ended, or a role that was taken away. */
const TRUSTED_FOR_MS = 5_000;

// The rows of a family end together, so that any of them tells.
const selectActor = statement<Omit<Actor, 'authenticatedAt'> & { signed_in_at: string | null }>(
  'actor_get',
  `select u.id, u.role, u.name, r.family_id as "familyId", guichet_iso(r.signed_in_at) as signed_in_at
   from app_user u join refresh_token r on r.user_id = u.id
   where u.id = $1 and u.erased_at is null and r.family_id = $2 and r.revoked_at is null and r.expires_at > $3
   limit 1`,
);

/** Who is behind an access token, as the database has it now: a token proves a person, never a role. */
export class ActorDirectory {
  readonly #orm: MikroORM;
  readonly #known = new LRUCache<string, Actor>({ max: 10_000, ttl: TRUSTED_FOR_MS });

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  /** @throws AppError unauthenticated when the account is gone, or the token's family has ended */
  async get({ userId, familyId }: Bearer): Promise<Actor> {
    const key = keyOf(userId, familyId);
    const known = this.#known.get(key);
    if (known) return known;
    const [found] = await selectActor(this.#orm.em.fork(), [userId, familyId, new Date()]);
    if (!found) throw new AppError('unauthenticated');
    const { signed_in_at: at, ...person } = found;
    const actor = { ...person, ...(at ? { authenticatedAt: new Date(at) } : {}) };
    this.#known.set(key, actor);
    return actor;
  }

  /** Forgets a person whose account has just changed, or one family of theirs that has just ended. */
  forget(userId: string, familyId?: string): void {
    if (familyId) this.#known.delete(keyOf(userId, familyId));
    else for (const key of this.#known.keys()) if (key.startsWith(userId)) this.#known.delete(key);
  }
}

function keyOf(userId: string, familyId: string): string {
  return `${userId} ${familyId}`;
}
