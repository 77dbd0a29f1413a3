import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { AppError } from '../errors.ts';
import { id } from '../fields.schema.ts';

/** Seconds that an access token lasts. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'guichet';

/** What an access token names: a person, and the family of refresh tokens that it dies with. */
export type Bearer = { userId: string; familyId: string };

export type AccessTokens = {
  issue(bearer: Bearer, now: Date): Promise<string>;
  /** @throws AppError token_expired, also for a token of a release that named no family; unauthenticated */
  verify(token: string): Promise<Bearer>;
};

/** Access tokens are JWTs (RFC 7519) signed with HMAC-SHA-256. */
export function accessTokens(secret: string): AccessTokens {
  const key = new TextEncoder().encode(secret);
  // A client sends one token many times: its signature is checked once, its expiry each time.
  const verified = new LRUCache<string, Bearer & { expiresAt: number }>({ max: 5_000 });
  return {
    issue: ({ userId, familyId }, now) =>
      new SignJWT({ sid: familyId })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setSubject(userId)
        .setIssuedAt(now)
        .setExpirationTime(Math.floor(now.getTime() / 1000) + ACCESS_TOKEN_SECONDS)
        .sign(key),
    async verify(token) {
      const known = verified.get(token);
      if (known && known.expiresAt > Date.now()) return known;
      try {
        const options = { algorithms: ['HS256'], issuer: ISSUER, audience: ISSUER, typ: 'at+jwt' };
        const { payload } = await jwtVerify(token, key, options);
        const userId = id.safeParse(payload.sub).data;
        if (userId && payload.exp && payload.sid === undefined) throw new AppError('token_expired');
        const familyId = id.safeParse(payload.sid).data;
        if (userId && familyId && payload.exp) {
          const bearer = { userId, familyId, expiresAt: payload.exp * 1000 };
          verified.set(token, bearer);
          return bearer;
        }
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new AppError('token_expired');
        if (!(error instanceof errors.JOSEError)) throw error;
      }
      throw new AppError('unauthenticated');
    },
  };
}
