import type { AuditAction } from '../audit/audit.rules.ts';
import { can, type Role } from '../identity/roles.rules.ts';

export const INCIDENT_STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;
export const INCIDENT_PRIORITIES = ['low', 'medium', 'high'] as const;
export const INCIDENT_CATEGORIES = ['account', 'subscription', 'content'] as const;

/** Characters that a title and a description may have. */
export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 10_000;

export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
export type IncidentPriority = (typeof INCIDENT_PRIORITIES)[number];
export type IncidentCategory = (typeof INCIDENT_CATEGORIES)[number];

/** The statuses of an incident on which somebody still has to act. */
export const UNFINISHED_INCIDENT_STATUSES = ['open', 'in_progress'] as const satisfies readonly IncidentStatus[];

const TRANSITIONS: Record<IncidentStatus, readonly IncidentStatus[]> = {
  open: ['in_progress', 'resolved', 'closed'],
  in_progress: ['open', 'resolved', 'closed'],
  resolved: ['in_progress', 'closed'],
  closed: [],
};

/** What `incident:reopen` allows on top of {@link TRANSITIONS}. */
const REOPEN = { from: 'closed', to: 'in_progress' } as const;

/** The statuses that `role` may move an incident to from `from`; empty for a role that may not change it. */
export function allowedIncidentTransitions(from: IncidentStatus, role: Role): readonly IncidentStatus[] {
  if (!can(role, 'incident:update')) return [];
  return from === REOPEN.from && can(role, 'incident:reopen') ? [REOPEN.to] : TRANSITIONS[from];
}

export function canTransitionIncident(from: IncidentStatus, to: IncidentStatus, role: Role): boolean {
  return allowedIncidentTransitions(from, role).includes(to);
}

/**
 * What a change is in the audit, from the status that is asked for, if any, and the present one once that is read: who
 * is refused before has asked to close or, at most, to update.
 */
export function incidentChangeAction(asked: unknown, present?: IncidentStatus): AuditAction {
  if (asked === 'closed') return 'support_incident_close';
  return present === 'closed' && asked !== undefined ? 'support_incident_reopen' : 'support_incident_update';
}

export type IncidentTimes = { resolvedAt: Date | null; closedAt: Date | null };

/**
 * When it was resolved and closed after a move to `to`: set on arrival, cleared on the way back.
 * Closing keeps an earlier resolution.
 */
export function incidentTimesAfter(to: IncidentStatus, before: IncidentTimes, now: Date): IncidentTimes {
  if (to === 'resolved') return { resolvedAt: now, closedAt: null };
  if (to === 'closed') return { resolvedAt: before.resolvedAt, closedAt: now };
  return { resolvedAt: null, closedAt: null };
}
