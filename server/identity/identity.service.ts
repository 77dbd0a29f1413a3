import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { statement } from '../../db/statement.ts';
import { type AuditDraft, writeAuditEvent } from '../audit/audit.service.ts';
import type { Desk } from '../desk.ts';
import { AppError } from '../errors.ts';
import { loginAddressCheck, loginChecks } from '../rate-limit/checks.ts';
import { countRequest } from '../rate-limit/count-request.ts';
import type { RequestContext } from '../request-context.ts';
import { ACCESS_TOKEN_SECONDS } from './access-token.ts';
import type { TokenPair } from './identity.schema.ts';
import { verifyPassword } from './password.ts';
import type { Role } from './roles.rules.ts';
import { newSecretToken, secretTokenHash } from './secret-token.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a person stays signed in without signing in again. */
const REFRESH_TOKEN_MS = 30 * DAY_MS;

/** What signing in and out stands on; the services below keep their own transactions, for hashing takes long. */
export type Identification = {
  desk: Desk;
  em: SqlEntityManager;
  request: RequestContext;
  audit: AuditDraft;
  now: Date;
};

type Account = { id: string; email: string; name: string; role: Role };

const selectAccount = statement<Account & { password_hash: string | null }>(
  'account_by_email',
  'select id, email, name, role, password_hash from app_user where email = $1 and erased_at is null',
);

const touchAccount = statement<{ id: string }>(
  'account_signed_in',
  'update app_user set last_sign_in_at = $2 where id = $1 and erased_at is null returning id',
);

/**
 * The account behind an e-mail and a password. Counts the attempt against both login limits first, and takes back that
 * of the address when it succeeds; an unknown e-mail and a wrong password take the same time and give the same answer.
 * @throws AppError rate_limited, invalid_credentials
 */
export async function identify(
  { desk, em, request }: Identification,
  credentials: { email: string; password: string },
): Promise<Account> {
  await countRequest(desk.limiter, request, loginChecks(credentials.email, request.address));
  const [found] = await selectAccount(em, [credentials.email]);
  const matches = await verifyPassword(credentials.password, found?.password_hash ?? null);
  if (!found || !matches) throw new AppError('invalid_credentials');
  // A whole office may sign in from one address in the morning: only what went wrong counts against it.
  await desk.limiter.giveBack(loginAddressCheck(request.address));
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
  `insert into refresh_token (id, family_id, token_hash, user_id, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6)`,
);

async function issueTokens(
  { desk, now }: Identification,
  em: SqlEntityManager,
  account: Account,
  familyId: string,
): Promise<TokenPair> {
  const refreshToken = newSecretToken();
  const expires = new Date(now.getTime() + REFRESH_TOKEN_MS);
  await insertRefreshToken(em, [uuidv7(), familyId, secretTokenHash(refreshToken), account.id, now, expires]);
  return {
    access_token: await desk.accessTokens.issue(account.id, now),
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
    const tokens = await issueTokens(identification, em, account, familyId);
    await recordSignIn(identification, em, account, familyId);
    return tokens;
  });
}

type KeptToken = Omit<Account, 'id'> & { id: string; family_id: string; user_id: string; used: boolean; live: boolean };

// The account is locked before the token, as an erasure does it: the other way round, the two would wait for each other.
const selectRefreshToken = statement<KeptToken>(
  'refresh_token_get',
  `with account as materialized (
     select * from app_user where id = (select user_id from refresh_token where token_hash = $1) for key share)
   select r.id, r.family_id, r.used_at is not null as used,
     r.revoked_at is null and r.expires_at > $2 and u.erased_at is null as live,
     u.id as user_id, u.email, u.name, u.role
   from refresh_token r join account u on u.id = r.user_id where r.token_hash = $1 for update of r`,
);

const useRefreshToken = statement('refresh_token_use', 'update refresh_token set used_at = $2 where id = $1');

const revokeFamily = statement(
  'refresh_token_revoke_family',
  'update refresh_token set revoked_at = $2 where family_id = $1 and revoked_at is null',
);

/**
 * A new pair of tokens for a refresh token, which is used up by it. A token that was used before is a stolen or
 * replayed one: its whole family is revoked (RFC 9700, section 4.14.2).
 * @throws AppError unauthenticated, refresh_token_reused
 */
export async function refresh(identification: Identification, token: string): Promise<TokenPair> {
  const { em, request, audit, now } = identification;
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
    if (!kept.live) return new AppError('unauthenticated');
    await useRefreshToken(em, [kept.id, now]);
    const tokens = await issueTokens(identification, em, account, kept.family_id);
    await writeAuditEvent(em, audit, { requestId: request.requestId, actor: account, now }, 'success');
    audit.written = true;
    return tokens;
  });
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

/** Ends the family of a refresh token. An unknown token is answered alike: there is nothing to end, and no
 * event. */
export async function logOut({ em, request, audit, now }: Identification, token: string): Promise<void> {
  await em.transactional(async (em) => {
    const [kept] = await selectRefreshToken(em, [secretTokenHash(token), now]);
    audit.written = true;
    if (!kept) return;
    await revokeFamily(em, [kept.family_id, now]);
    audit.targetId = kept.family_id;
    audit.subjectUserId = kept.user_id;
    const actor = { id: kept.user_id, role: kept.role };
    await writeAuditEvent(em, audit, { requestId: request.requestId, actor, now }, 'success');
  });
}
