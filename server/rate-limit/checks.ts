import type { AGENT_ROLES } from '../identity/roles.rules.ts';
import type { LIMITS, Policy } from './limits.ts';

/**
 * One limit to count a request against, as one point or as many as it has calls. Where a policy has several limits,
 * `variant` names one. `key` is whom or what it counts; the limiter keeps no key as it is.
 */
export type Check = { policy: Policy; variant?: string; key: string; points?: number };

export function globalCheck(address: string, calls = 1): Check {
  return { policy: 'global', key: address, points: calls };
}

/** Of agents alone: what all customers shared, a few of them could use up. */
export function roleCheck(role: (typeof AGENT_ROLES)[number]): Check {
  return { policy: 'role', variant: role, key: role };
}

export function userCheck(userId: string): Check {
  return { policy: 'user', key: userId };
}

export type LoginVariant = keyof (typeof LIMITS)['login'];

/** What an attempt to sign in counts against; the e-mail is the one tried, whether it has an account or not. */
export function loginChecks(email: string, address: string): Record<LoginVariant, Check> {
  const tried = email.trim().toLowerCase();
  return {
    email: { policy: 'login', variant: 'email', key: `${tried} ${address}` },
    address: { policy: 'login', variant: 'address', key: address },
    everywhere: { policy: 'login', variant: 'everywhere', key: tried },
  };
}

export function incidentWriteCheck(userId: string, incidentId: string): Check {
  return { policy: 'incident_write', key: `${userId}:${incidentId}` };
}
