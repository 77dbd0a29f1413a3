import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../identity/roles.rules.ts';
import {
  allowedIncidentTransitions,
  INCIDENT_STATUSES,
  type IncidentStatus,
  incidentTimesAfter,
} from './incidents.rules.ts';

/** Every allowed move of the design, written out; any other pair is refused. */
const MOVES: Record<IncidentStatus, Record<Role, IncidentStatus[]>> = {
  open: { user: [], support: ['in_progress', 'resolved', 'closed'], ops: ['in_progress', 'resolved', 'closed'] },
  in_progress: { user: [], support: ['open', 'resolved', 'closed'], ops: ['open', 'resolved', 'closed'] },
  resolved: { user: [], support: ['in_progress', 'closed'], ops: ['in_progress', 'closed'] },
  closed: { user: [], support: [], ops: ['in_progress'] },
};

const pairs = ROLES.flatMap((role) =>
  INCIDENT_STATUSES.flatMap((from) => INCIDENT_STATUSES.map((to) => ({ role, from, to }))),
);

test.each(pairs)('$role: $from -> $to', ({ role, from, to }) => {
  expect(allowedIncidentTransitions(from, role).includes(to)).toBe(MOVES[from][role].includes(to));
});

describe('times after a move', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const earlier = new Date('2026-02-01T12:00:00Z');

  test('resolving sets the resolution', () => {
    expect(incidentTimesAfter('resolved', { resolvedAt: null, closedAt: null }, now)).toEqual({
      resolvedAt: now,
      closedAt: null,
    });
  });

  test('closing keeps the resolution', () => {
    expect(incidentTimesAfter('closed', { resolvedAt: earlier, closedAt: null }, now)).toEqual({
      resolvedAt: earlier,
      closedAt: now,
    });
  });

  test.each(['open', 'in_progress'] as const)('going back to %s clears both', (to) => {
    expect(incidentTimesAfter(to, { resolvedAt: earlier, closedAt: now }, now)).toEqual({
      resolvedAt: null,
      closedAt: null,
    });
  });
});
