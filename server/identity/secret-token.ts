import { hash, randomBytes } from 'node:crypto';

/** A token that cannot be guessed: 32 random bytes, base64url. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: its SHA-256, so that a copy of the table signs nobody in. */
export function secretTokenHash(token: string): string {
  return hash('sha256', token, 'base64url');
}
