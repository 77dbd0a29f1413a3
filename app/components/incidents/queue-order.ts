import { INCIDENT_PRIORITIES, type IncidentPriority } from '../../../server/incidents/incidents.rules.ts';

/** What to work on first: high priority before medium before low, and in each the one that has waited longest. */
export function byUrgency<T extends { priority: IncidentPriority; created_at: string }>(incidents: readonly T[]): T[] {
  const rank = (incident: T) => INCIDENT_PRIORITIES.indexOf(incident.priority);
  return [...incidents].sort((a, b) => rank(b) - rank(a) || Date.parse(a.created_at) - Date.parse(b.created_at));
}
