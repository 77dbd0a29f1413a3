import { ROLES } from './roles.rules.ts';
import { SESSION_LIMITS } from './session.rules.ts';

function limitOf(what: 'idle' | 'absolute'): string {
  const cases = ROLES.map((role) => `when '${role}' then interval '${SESSION_LIMITS[role][what]} seconds'`);
  return `case u.role ${cases.join(' ')} end`;
}

/** When a session `s` was last used, as far as is kept. */
export const LAST_USED_SQL = 'coalesce(s.last_used_at, s.created_at)';

/** When a session `s` of a person `u` is over, however much it is used. */
export function absoluteEndSql(): string {
  return `least(s.expires_at, s.created_at + ${limitOf('absolute')})`;
}

/** Whether a session `s` of a person `u` is within the limits of the role that they have now. */
export function isInTimeSql(now: string): string {
  return `${absoluteEndSql()} > ${now}::timestamptz and ${LAST_USED_SQL} + ${limitOf('idle')} > ${now}::timestamptz`;
}

/** Whether it still signs them in at `now`. */
export function isLiveSql(now: string): string {
  return `s.revoked_at is null and u.erased_at is null and ${isInTimeSql(now)}`;
}
