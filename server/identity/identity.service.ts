import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { statement } from '../../db/statement.ts';
import { type AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { RateLimited } from '../rate-limit/limiter.ts';
import type { RequestContext } from '../request-context.ts';
import { ACCESS_TOKEN_SECONDS } from './access-token.ts';
import type { TokenPair } from './identity.schema.ts';
import { verifyPassword } from './password.ts';
import type { Role } from './roles.rules.ts';
import { newSecretToken, secretTokenHash } from './secret-token.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a person stays signed in without signing in again, however often the tokens are renewed. */
const FAMILY_MS = 30 * DAY_MS;

/** What signing in and out stands on; the services below keep their own transactions, for hashing takes long. */
export type Identification = {
  desk: Desk;
  em: SqlEntityManager;
  request: RequestContext;
  audit: AuditDraft;
  now: Date;
};

export type Account = { id: string; email: string; name: string; role: Role };

const selectAccount = statement<Account & { password_hash: string | null }>(
  'account_by_email',
  'select id, email, name, role, password_hash from app_user where email = $1 and erased_at is null',
);

const touchAccount = statement<{ id: string }>(
  'account_signed_in',
  'update app_user set last_sign_in_at = $2 where id = $1 and erased_at is null returning id',
);

/**
 * The account behind an e-mail and a password. The attempt counts first, and may be made to wait; when it succeeds all
 * is given back that the person's attempts used. An unknown e-mail and a wrong password take the same time and give the
 * same answer.
 * @throws AppError rate_limited, request_aborted, invalid_credentials
 */
export async function identify(
  { desk, em, request, audit }: Identification,
  credentials: { email: string; password: string },
): Promise<Account> {
  const find = () => selectAccount(em, [credentials.email]);
  await desk.signIns.admit(request, credentials.email).catch(async (refused: unknown) => {
    if (refused instanceof RateLimited && refused.first) audit.subjectUserId = (await find())[0]?.id ?? null;
    throw refused;
  });
  const [found] = await find();
  // Whose sign-in is refused, unless it is nobody's.
  audit.subjectUserId = found?.id ?? null;
  const matches = await verifyPassword(credentials.password, found?.password_hash ?? null);
  if (!found || !matches) throw new AppError('invalid_credentials');
  await desk.signIns.succeed(request, credentials.email);
  const { password_hash: _, ...account } = found;
  return account;
}

/**
 * Notes on the account and in the audit that somebody signed in; `sessionId` is what they now hold.
 * @throws AppError invalid_credentials when the account was erased meanwhile
 */
export async function recordSignIn(
  { request, audit, now }: Identification,
  em: SqlEntityManager,
  account: Account,
  sessionId: string,
): Promise<void> {
  const [touched] = await touchAccount(em, [account.id, now]);
  // Erased while the password was checked.
  if (!touched) throw new AppError('invalid_credentials');
  audit.targetId = sessionId;
  audit.subjectUserId = account.id;
  await writeAuditEvent(em, audit, { requestId: request.requestId, actor: account, now }, 'success');
  audit.written = true;
}

const insertRefreshToken = statement(
  'refresh_token_insert',
  `insert into refresh_token (id, family_id, token_hash, user_id, created_at, signed_in_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

/** What is signed in as one: the tokens that came of one sign-in. */
type Family = { id: string; signedInAt: Date };

function endOf({ signedInAt }: Family): Date {
  return new Date(signedInAt.getTime() + FAMILY_MS);
}

async function issueTokens(
  { desk, now }: Identification,
  em: SqlEntityManager,
  account: Account,
  family: Family,
): Promise<TokenPair> {
  const refreshToken = newSecretToken();
  const kept = [uuidv7(), family.id, secretTokenHash(refreshToken), account.id, now, family.signedInAt, endOf(family)];
  await insertRefreshToken(em, kept);
  return {
    access_token: await desk.accessTokens.issue({ userId: account.id, familyId: family.id }, now),
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    user: account,
  };
}

/** @throws AppError rate_limited, invalid_credentials */
export async function logIn(
  identification: Identification,
  credentials: { email: string; password: string },
): Promise<TokenPair> {
  const account = await identify(identification, credentials);
  return identification.em.transactional(async (em) => {
    const familyId = uuidv7();
    const family = { id: familyId, signedInAt: identification.now };
    const tokens = await issueTokens(identification, em, account, family);
    await recordSignIn(identification, em, account, familyId);
    return tokens;
  });
}

type KeptToken = Omit<Account, 'id'> & {
  id: string;
  family_id: string;
  signed_in_at: string;
  user_id: string;
  used: boolean;
  live: boolean;
};

// The account is locked before the token, as an erasure does it: the other way round, the two would wait for each other.
const selectRefreshToken = statement<KeptToken>(
  'refresh_token_get',
  `with account as materialized (
     select * from app_user where id = (select user_id from refresh_token where token_hash = $1) for key share)
   select r.id, r.family_id, r.used_at is not null as used,
     guichet_iso(coalesce(r.signed_in_at,
       (select min(f.created_at) from refresh_token f where f.family_id = r.family_id))) as signed_in_at,
     r.revoked_at is null and r.expires_at > $2 and u.erased_at is null as live,
     u.id as user_id, u.email, u.name, u.role
   from refresh_token r join account u on u.id = r.user_id where r.token_hash = $1 for update of r`,
);

const useRefreshToken = statement('refresh_token_use', 'update refresh_token set used_at = $2 where id = $1');

const revokeFamily = statement<{ id: string }>(
  'refresh_token_end_family',
  'update refresh_token set revoked_at = $2 where family_id = $1 and revoked_at is null returning id',
);

/**
 * A new pair of tokens for a refresh token, which is used up by it. A token that was used before is a stolen or
 * replayed one: its whole family is revoked (RFC 9700, section 4.14.2).
 * @throws AppError unauthenticated, refresh_token_reused
 */
export async function refresh(identification: Identification, token: string): Promise<TokenPair> {
  const { desk, em, request, audit, now } = identification;
  const outcome = await em.transactional(async (em): Promise<TokenPair | AppError> => {
    const [kept] = await selectRefreshToken(em, [secretTokenHash(token), now]);
    if (!kept) return new AppError('unauthenticated');
    const account = { id: kept.user_id, email: kept.email, name: kept.name, role: kept.role };
    audit.targetId = kept.family_id;
    audit.subjectUserId = account.id;
    if (kept.used) {
      await revokeFamily(em, [kept.family_id, now]);
      return new AppError('refresh_token_reused');
    }
    const family = { id: kept.family_id, signedInAt: new Date(kept.signed_in_at) };
    if (!kept.live || endOf(family) <= now) return new AppError('unauthenticated');
    await useRefreshToken(em, [kept.id, now]);
    const tokens = await issueTokens(identification, em, account, family);
    await writeAuditEvent(em, audit, { requestId: request.requestId, actor: account, now }, 'success');
    audit.written = true;
    return tokens;
  });
  if (!(outcome instanceof AppError)) return outcome;
  if (audit.subjectUserId && audit.targetId) desk.actors.forget(audit.subjectUserId, audit.targetId);
  throw outcome;
}

/**
 * Ends the family of a refresh token, and its access tokens with it. An unknown token, and one whose family has ended, is
 * answered alike: there is nothing to end, and no event.
 */
export async function logOut({ desk, em, request, audit, now }: Identification, token: string): Promise<void> {
  await em.transactional(async (em) => {
    const [kept] = await selectRefreshToken(em, [secretTokenHash(token), now]);
    const ended = kept ? await revokeFamily(em, [kept.family_id, now]) : [];
    audit.written = true;
    audit.idle = ended.length === 0;
    if (!kept || audit.idle) return;
    audit.targetId = kept.family_id;
    audit.subjectUserId = kept.user_id;
    const actor = { id: kept.user_id, role: kept.role };
    await writeAuditEvent(em, audit, { requestId: request.requestId, actor, now }, 'success');
  });
  if (audit.subjectUserId && audit.targetId) desk.actors.forget(audit.subjectUserId, audit.targetId);
}
