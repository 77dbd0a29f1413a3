import { hash } from 'node:crypto';
import type { Role } from '../identity/roles.rules.ts';
import type { Policy } from './limits.ts';

/**
 * One limit to count a request against, as one point or as many as it has calls. Where a policy has several limits, the
 * key begins with the name of one.
 */
export type Check = { policy: Policy; key: string; points?: number };

export function globalCheck(address: string, calls = 1): Check {
  return { policy: 'global', key: address, points: calls };
}

export function roleCheck(role: Role): Check {
  return { policy: 'role', key: role };
}

export function userCheck(userId: string): Check {
  return { policy: 'user', key: userId };
}

/** An attempt to sign in counts against the e-mail tried, known or not, and against the client's address. */
export function loginChecks(email: string, address: string): Check[] {
  return [
    // Hashed: keys are kept in Redis, where no personal data belongs.
    { policy: 'login', key: `email:${hash('sha256', email.trim().toLowerCase())}` },
    loginAddressCheck(address),
  ];
}

/** The part of {@link loginChecks} that a whole office shares. */
export function loginAddressCheck(address: string): Check {
  return { policy: 'login', key: `address:${address}` };
}

export function incidentWriteCheck(userId: string, incidentId: string): Check {
  return { policy: 'incident_write', key: `${userId}:${incidentId}` };
}
