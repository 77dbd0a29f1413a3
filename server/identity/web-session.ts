import type { MikroORM } from '@mikro-orm/postgresql';
import { createCookie } from '@remix-run/node';
import { LRUCache } from 'lru-cache';
import { Authenticator } from 'remix-auth';
import { FormStrategy } from 'remix-auth-form';
import { v7 as uuidv7 } from 'uuid';
import { type Em, statement } from '../../db/statement.ts';
import { AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../failure.ts';
import type { Actor, RequestContext } from '../request-context.ts';
import { logError } from '../telemetry/logger.ts';
import { keepFailure } from '../trpc/ladder.ts';
import { loginInput } from './identity.schema.ts';
import { type Account, type Identification, identify, recordSignIn } from './identity.service.ts';
import { newSecretToken, secretTokenHash } from './secret-token.ts';
import { LAST_USE_SECONDS, SESSION_LIMITS } from './session.rules.ts';
import { isLiveSql, LAST_USED_SQL } from './sessions.sql.ts';

const insertSession = statement(
  'session_insert',
  'insert into session (id, token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4, $5)',
);

type SessionActor = Pick<Actor, 'id' | 'role' | 'name'> & { sessionId: string; authenticated_at: string; idle: number };

const selectSessionActor = statement<SessionActor>(
  'session_actor',
  `select u.id, u.role, u.name, s.id as "sessionId",
     guichet_iso(coalesce(s.authenticated_at, s.created_at)) as authenticated_at,
     extract(epoch from $2::timestamptz - ${LAST_USED_SQL})::float8 as idle
   from session s join app_user u on u.id = s.user_id
   where s.token_hash = $1 and ${isLiveSql('$2')}`,
);

const touchSession = statement(
  'session_touch',
  'update session set last_used_at = greatest(last_used_at, $2) where id = $1',
);

const revokeSession = statement(
  'session_revoke',
  'update session set revoked_at = $2 where id = $1 and revoked_at is null',
);

const selectEmail = statement<{ email: string }>(
  'account_email',
  'select email from app_user where id = $1 and erased_at is null',
);

const confirmSession = statement('session_confirm', 'update session set authenticated_at = $2 where id = $1');

export type WebSessions = {
  /** Who is signed in by the cookie of this request, if anybody. */
  actor(em: Em, cookieHeader: string | null): Promise<Actor | null>;
  /** Signs in from a form, and ends the session that the browser had; the headers set the cookie. @throws AppError invalid_credentials, rate_limited, validation_failed */
  signIn(request: Request, context: RequestContext): Promise<Headers>;
  /**
   * Takes the password of whoever is signed in once more, from a form's `password`; counts as a sign-in, and is kept as
   * one in the audit. @throws AppError unauthenticated, invalid_credentials, rate_limited, validation_failed
   */
  reauthenticate(form: FormData, context: RequestContext): Promise<void>;
  /** Revokes the session; the headers take the cookie away. */
  signOut(context: RequestContext): Promise<Headers>;
};

/** Sessions of browsers: a signed cookie holds a token, PostgreSQL what it stands for, so that it can be revoked. */
export function webSessions(desk: Desk, { secret, secure }: { secret: string; secure: boolean }): WebSessions {
  const cookie = createCookie(secure ? '__Host-guichet_session' : 'guichet_session', {
    secrets: [secret],
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
  });

  const noteUse = lastUses(desk.orm);

  async function authenticate(request: Request, identification: Identification): Promise<Opened> {
    const authenticator = new Authenticator<Opened>();
    const strategy = new FormStrategy(async ({ form }) => {
      const credentials = loginInput.parse({ email: form.get('email'), password: form.get('password') });
      return open(identification, await identify(identification, credentials));
    });
    return authenticator.use(strategy, 'form').authenticate('form', request);
  }

  return {
    async actor(em, cookieHeader) {
      const token: unknown = await cookie.parse(cookieHeader);
      if (typeof token !== 'string') return null;
      const now = new Date();
      const [found] = await selectSessionActor(em, [secretTokenHash(token), now]);
      if (!found) return null;
      const { authenticated_at: at, idle, ...actor } = found;
      if (idle >= LAST_USE_SECONDS) noteUse(actor.sessionId, now);
      return { ...actor, authenticatedAt: new Date(at) };
    },

    async signIn(request, context) {
      const audit = new AuditDraft('auth_login', 'session', null);
      const identification = { desk, em: desk.orm.em.fork(), request: context, audit, now: new Date() };
      try {
        const { token, maxAge } = await authenticate(request, identification);
        return new Headers({ 'set-cookie': await cookie.serialize(token, { maxAge }) });
      } catch (error) {
        const failure = toAppError(error);
        await keepFailure({ desk, request: context }, audit, failure, identification.now);
        throw failure;
      }
    },

    async reauthenticate(form, context) {
      const { actor } = context;
      if (!actor?.sessionId) throw new AppError('unauthenticated');
      const audit = new AuditDraft('auth_login', 'session', actor.sessionId);
      audit.subjectUserId = actor.id;
      audit.details = { reauthentication: true };
      const now = new Date();
      const em = desk.orm.em.fork();
      try {
        const [{ email } = { email: '' }] = await selectEmail(em, [actor.id]);
        const password = form.get('password');
        await identify({ desk, em, request: context, audit, now }, loginInput.parse({ email, password }));
        await em.transactional(async (em) => {
          await confirmSession(em, [actor.sessionId, now]);
          await writeAuditEvent(em, audit, { requestId: context.requestId, actor, now }, 'success');
        });
        context.actor = { ...actor, authenticatedAt: now };
      } catch (error) {
        const failure = toAppError(error);
        await keepFailure({ desk, request: context }, audit, failure, now);
        throw failure;
      }
    },

    async signOut({ actor, requestId }) {
      if (actor?.sessionId) {
        const audit = new AuditDraft('auth_logout', 'session', actor.sessionId);
        audit.subjectUserId = actor.id;
        const now = new Date();
        await desk.orm.em.fork().transactional(async (em) => {
          await revokeSession(em, [actor.sessionId, now]);
          await writeAuditEvent(em, audit, { requestId, actor, now }, 'success');
        });
      }
      // Choices of language and colours are cookies, which stay.
      return new Headers({
        'set-cookie': await cookie.serialize('', { maxAge: 0 }),
        'clear-site-data': '"cache", "storage"',
      });
    },
  };
}

type Opened = { token: string; maxAge: number };

async function open(identification: Identification, account: Account): Promise<Opened> {
  const token = newSecretToken();
  const { now, request } = identification;
  const maxAge = SESSION_LIMITS[account.role].absolute;
  await identification.em.transactional(async (em) => {
    const sessionId = uuidv7();
    const expires = new Date(now.getTime() + maxAge * 1000);
    await insertSession(em, [sessionId, secretTokenHash(token), account.id, now, expires]);
    await recordSignIn(identification, em, account, sessionId);
    await endReplaced(em, request, now);
  });
  return { token, maxAge };
}

/** A browser holds one cookie: without its session nobody can use, or end, the one that it held before. */
async function endReplaced(em: Em, { actor, requestId }: RequestContext, now: Date): Promise<void> {
  if (!actor?.sessionId) return;
  await revokeSession(em, [actor.sessionId, now]);
  const audit = new AuditDraft('auth_logout', 'session', actor.sessionId);
  audit.subjectUserId = actor.id;
  audit.details = { replaced: true };
  await writeAuditEvent(em, audit, { requestId, actor, now }, 'success');
}

/** Keeps the last use of sessions while their requests go on, each once a minute at most, also when it fails. */
function lastUses(orm: MikroORM): (sessionId: string, now: Date) => void {
  const noted = new LRUCache<string, true>({ max: 10_000, ttl: LAST_USE_SECONDS * 1000 });
  return (sessionId, now) => {
    if (noted.has(sessionId)) return;
    noted.set(sessionId, true);
    touchSession(orm.em.fork(), [sessionId, now]).catch((error: unknown) =>
      logError(error, 'The use of a session could not be kept'),
    );
  };
}
