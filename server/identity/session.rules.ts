import type { Role } from './roles.rules.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a browser stays signed in, in seconds: without being used, and in all. */
export const SESSION_LIMITS: Record<Role, { idle: number; absolute: number }> = {
  user: { idle: 7 * DAY, absolute: 30 * DAY },
  support: { idle: HOUR, absolute: 12 * HOUR },
  ops: { idle: HOUR, absolute: 12 * HOUR },
};

/** How often the last use of a session is kept, at most. */
export const LAST_USE_SECONDS = MINUTE;
