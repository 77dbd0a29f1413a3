import { hash } from 'node:crypto';
import { INCIDENT_STATUSES, type IncidentStatus } from '../server/incidents/incidents.rules.ts';
import { PRIVACY_KINDS, PRIVACY_STATUSES } from '../server/privacy/privacy.rules.ts';

/** How many of each role take turns, so that one whom an input erases or signs out is not missed. */
export const OF_EACH = 6;

/** An id that is the same in every run: inputs name what is there. */
export function knownId(name: string): string {
  const digits = hash('sha256', name);
  return `01900000-${digits.slice(0, 4)}-7${digits.slice(4, 7)}-8${digits.slice(7, 10)}-${digits.slice(10, 22)}`;
}

const each = (name: string) =>
  Array.from({ length: OF_EACH }, (_, index) => ({ id: knownId(`${name} ${index}`), index }));

export const PEOPLE = (['user', 'support', 'ops'] as const).flatMap((role) =>
  each(role).map(({ id, index }) => ({ id, role, email: `${role}.${index}@fuzz.example` })),
);
/** Customers who are asked about and never sign in. */
export const CUSTOMERS = each('customer').map(({ id, index }) => ({ id, email: `customer.${index}@fuzz.example` }));
export const INCIDENTS = CUSTOMERS.flatMap(({ id: user_id }, index) =>
  INCIDENT_STATUSES.map((status: IncidentStatus) => ({ id: knownId(`incident ${index} ${status}`), user_id, status })),
);
const REQUEST_KINDS = PRIVACY_KINDS.flatMap((kind) => PRIVACY_STATUSES.map((status) => ({ kind, status })));
export const REQUESTS = REQUEST_KINDS.map(({ kind, status }, index) => ({
  id: knownId(`request ${kind} ${status}`),
  // One that is open of each kind and person.
  user_id: knownId(`asking ${index}`),
  email: `asking.${index}@fuzz.example`,
  kind,
  status,
}));

const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id);
export const USER_IDS = [...ids(CUSTOMERS), ...ids(PEOPLE), ...REQUESTS.slice(0, 6).map(({ user_id }) => user_id)];
export const INCIDENT_IDS = ids(INCIDENTS);
export const REQUEST_IDS = ids(REQUESTS);
export const EVERY_ID = [...USER_IDS, ...INCIDENT_IDS, ...REQUEST_IDS, knownId('nothing')];
