import { createCookie } from '@remix-run/node';
import { Authenticator } from 'remix-auth';
import { FormStrategy } from 'remix-auth-form';
import { v7 as uuidv7 } from 'uuid';
import { type Em, statement } from '../../db/statement.ts';
import { AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import type { Desk } from '../desk.ts';
import { toAppError } from '../failure.ts';
import type { Actor, RequestContext } from '../request-context.ts';
import { keepFailure } from '../trpc/ladder.ts';
import { loginInput } from './identity.schema.ts';
import { type Identification, identify, recordSignIn } from './identity.service.ts';
import { newSecretToken, secretTokenHash } from './secret-token.ts';

/** A working day: how long a browser stays signed in. */
const SESSION_SECONDS = 12 * 60 * 60;

const insertSession = statement(
  'session_insert',
  'insert into session (id, token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4, $5)',
);

const selectSessionActor = statement<Required<Actor>>(
  'session_actor',
  `select u.id, u.role, u.name, s.id as "sessionId" from session s join app_user u on u.id = s.user_id
   where s.token_hash = $1 and s.expires_at > $2 and s.revoked_at is null and u.erased_at is null`,
);

const revokeSession = statement(
  'session_revoke',
  'update session set revoked_at = $2 where id = $1 and revoked_at is null',
);

export type WebSessions = {
  /** Who is signed in by the cookie of this request, if anybody. */
  actor(em: Em, cookieHeader: string | null): Promise<Actor | null>;
  /** Signs in from a form; the headers set the cookie. @throws AppError invalid_credentials, rate_limited, validation_failed */
  signIn(request: Request, context: RequestContext): Promise<Headers>;
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

  async function authenticate(request: Request, identification: Identification): Promise<string> {
    const authenticator = new Authenticator<string>();
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
      const [actor] = await selectSessionActor(em, [secretTokenHash(token), new Date()]);
      return actor ?? null;
    },

    async signIn(request, context) {
      const audit = new AuditDraft('auth_login', 'session', null);
      const identification = { desk, em: desk.orm.em.fork(), request: context, audit, now: new Date() };
      try {
        const token = await authenticate(request, identification);
        return new Headers({ 'set-cookie': await cookie.serialize(token, { maxAge: SESSION_SECONDS }) });
      } catch (error) {
        const failure = toAppError(error);
        await keepFailure({ desk, request: context }, audit, failure, identification.now);
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

async function open(identification: Identification, account: Parameters<typeof recordSignIn>[2]): Promise<string> {
  const token = newSecretToken();
  const { now } = identification;
  await identification.em.transactional(async (em) => {
    const sessionId = uuidv7();
    const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
    await insertSession(em, [sessionId, secretTokenHash(token), account.id, now, expires]);
    await recordSignIn(identification, em, account, sessionId);
  });
  return token;
}
