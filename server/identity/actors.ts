import type { MikroORM } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../request-context.ts';
import type { Role } from './roles.rules.ts';

/** How long a role that was taken away, or an account that was erased, may still act by access token. */
const TRUSTED_FOR_MS = 5_000;

const selectActor = statement<{ id: string; role: Role; name: string }>(
  'actor_get',
  'select id, role, name from app_user where id = $1 and erased_at is null',
);

/** Who is behind an access token, as the database has it now: a token proves a person, never a role. */
export class ActorDirectory {
  readonly #orm: MikroORM;
  readonly #known = new LRUCache<string, Actor>({ max: 10_000, ttl: TRUSTED_FOR_MS });

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  /** @throws AppError unauthenticated when the account is gone */
  async get(userId: string): Promise<Actor> {
    const known = this.#known.get(userId);
    if (known) return known;
    const [actor] = await selectActor(this.#orm.em.fork(), [userId]);
    if (!actor) throw new AppError('unauthenticated');
    this.#known.set(userId, actor);
    return actor;
  }

  /** Forgets a person whose account has just changed. */
  forget(userId: string): void {
    this.#known.delete(userId);
  }
}
