import type { AuditAction, AuditDetails } from '../../server/audit/audit.rules.ts';
import type { Role } from '../../server/identity/roles.rules.ts';
import {
  canTransitionIncident,
  type IncidentStatus,
  incidentTimesAfter,
} from '../../server/incidents/incidents.rules.ts';
import { buildAuditEvent, buildIncident } from './factories.ts';
import type { Random } from './random.ts';
import type { AuditEventRow, IncidentRow } from './rows.ts';

export type Agent = { id: string; role: Role };

/** An incident and the audit events that made it what it is, in order. */
export type IncidentHistory = { incident: IncidentRow; events: AuditEventRow[] };

type Opening = Pick<IncidentRow, 'user_id' | 'category' | 'priority' | 'title' | 'description'> &
  Partial<Pick<IncidentRow, 'assignee_id' | 'number'>>;

/** The fields that a change may name, in the order in which the audit names them. */
const CHANGEABLE = ['priority', 'category', 'title', 'description', 'assignee_id', 'status'] as const;
export type IncidentChange = Partial<Pick<IncidentRow, (typeof CHANGEABLE)[number]>>;

export function openIncident(random: Random, at: Date, by: Agent, opening: Opening): IncidentHistory {
  const id = random.id(at);
  const incident = buildIncident({ ...opening, id, created_by_id: by.id, created_at: at });
  const { category, priority, status, assignee_id } = incident;
  const details = { category, priority, status, ...(assignee_id ? { assignee_id } : {}) };
  return { incident, events: [event(random, at, by, incident, 'support_incident_create', details)] };
}

/**
 * Changes an incident as the desk would at that moment: fields, times, version and audit event.
 * @throws RangeError on a transition that the table does not allow `by`
 */
export function changeIncident(
  random: Random,
  { incident, events }: IncidentHistory,
  at: Date,
  by: Agent,
  change: IncidentChange,
): void {
  const details: AuditDetails = { fields: CHANGEABLE.filter((field) => change[field] !== undefined) };
  let action: AuditAction = 'support_incident_update';
  if (change.status) {
    const { status: from } = incident;
    if (!canTransitionIncident(from, change.status, by.role)) throw new RangeError(`${from} -> ${change.status}`);
    Object.assign(details, { from, to: change.status });
    action = actionOf(from, change.status);
    const before = { resolvedAt: incident.resolved_at, closedAt: incident.closed_at };
    const times = incidentTimesAfter(change.status, before, at);
    incident.resolved_at = times.resolvedAt;
    incident.closed_at = times.closedAt;
  }
  for (const field of ['priority', 'category', 'assignee_id'] as const) {
    const value = change[field];
    if (value !== undefined) details[field] = value;
  }
  Object.assign(incident, change);
  incident.version += 1;
  incident.updated_at = at;
  events.push(event(random, at, by, incident, action, details));
}

function actionOf(from: IncidentStatus, to: IncidentStatus): AuditAction {
  if (to === 'closed') return 'support_incident_close';
  return from === 'closed' ? 'support_incident_reopen' : 'support_incident_update';
}

function event(
  random: Random,
  at: Date,
  by: Agent,
  incident: IncidentRow,
  action: AuditAction,
  details: AuditDetails,
): AuditEventRow {
  return buildAuditEvent({
    id: random.id(at),
    request_id: random.id(at),
    actor_id: by.id,
    actor_role: by.role,
    action,
    target_type: 'incident',
    target_id: incident.id,
    subject_user_id: incident.user_id,
    details,
    created_at: at,
  });
}
