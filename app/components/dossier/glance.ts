import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { type IncidentPriority, UNFINISHED_INCIDENT_STATUSES } from '../../../server/incidents/incidents.rules.ts';
import type { IncidentSummary } from '../../../server/incidents/incidents.schema.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';

/** The open privacy request whose deadline comes first (GDPR Art. 12(3)); null when no legal clock runs. */
export function nearestDue(requests: readonly PrivacyRequest[]): PrivacyRequest | null {
  const running = requests.filter((request) => request.days_left !== null);
  return running.sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))[0] ?? null;
}

const URGENCY: Record<IncidentPriority, number> = { high: 0, medium: 1, low: 2 };

/** The incidents on which somebody still has to act: most urgent first, then oldest first. */
export function openIncidents(incidents: readonly IncidentSummary[]): IncidentSummary[] {
  const unfinished: readonly string[] = UNFINISHED_INCIDENT_STATUSES;
  return incidents
    .filter((incident) => unfinished.includes(incident.status))
    .sort((a, b) => URGENCY[a.priority] - URGENCY[b.priority] || Date.parse(a.created_at) - Date.parse(b.created_at));
}

/** The incident that was just opened, as `?created=` in the URL names it by its number. */
export function justCreated(dossier: Dossier, created: string | null): IncidentSummary | null {
  if (!created) return null;
  return (
    dossier.open_incidents.find((incident) => String(incident.number) === created && incident.status === 'open') ?? null
  );
}
