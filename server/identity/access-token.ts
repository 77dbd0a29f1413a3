import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { AppError } from '../errors.ts';

/** Seconds that an access token lasts. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'guichet';

export type AccessTokens = {
  /** A signed token that names the person and nothing else. */
  issue(userId: string, now: Date): Promise<string>;
  /** The person's id. @throws AppError token_expired, unauthenticated */
  verify(token: string): Promise<string>;
};

/** Access tokens are JWTs (RFC 7519) signed with HMAC-SHA-256. */
export function accessTokens(secret: string): AccessTokens {
  const key = new TextEncoder().encode(secret);
  // A client sends one token many times: its signature is checked once, its expiry each time.
  const verified = new LRUCache<string, { userId: string; expiresAt: number }>({ max: 5_000 });
  return {
    issue: (userId, now) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setSubject(userId)
        .setIssuedAt(now)
        .setExpirationTime(Math.floor(now.getTime() / 1000) + ACCESS_TOKEN_SECONDS)
        .sign(key),
    async verify(token) {
      const known = verified.get(token);
      if (known && known.expiresAt > Date.now()) return known.userId;
      try {
        const options = { algorithms: ['HS256'], issuer: ISSUER, audience: ISSUER, typ: 'at+jwt' };
        const { payload } = await jwtVerify(token, key, options);
        if (payload.sub && payload.exp) {
          verified.set(token, { userId: payload.sub, expiresAt: payload.exp * 1000 });
          return payload.sub;
        }
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new AppError('token_expired');
        if (!(error instanceof errors.JOSEError)) throw error;
      }
      throw new AppError('unauthenticated');
    },
  };
}
