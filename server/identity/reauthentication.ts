import { AppError } from '../errors.ts';
import type { Actor } from '../request-context.ts';

/** How long a password counts as just given, in seconds. */
export const RECENT_SECONDS = 10 * 60;

export function isRecentlyAuthenticated(actor: Actor | null, now: Date): boolean {
  const at = actor?.authenticatedAt?.getTime() ?? Number.NaN;
  return now.getTime() - at < RECENT_SECONDS * 1000;
}

/**
 * For what a session left open, or a stolen token, must not be enough for (OWASP ASVS 7.5.3).
 * @throws AppError reauthentication_required, also when nobody knows when the password was given
 */
export function assertRecentlyAuthenticated({ actor, now }: { actor: Actor; now: Date }): void {
  if (!isRecentlyAuthenticated(actor, now)) throw new AppError('reauthentication_required');
}
