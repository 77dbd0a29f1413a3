import type { AuditEvent, FoldedEvent } from '../../../server/audit/audit.schema.ts';
import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import type { IncidentListItem } from '../../../server/incidents/incidents.schema.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';

/** What the timeline can be narrowed to; without any, it shows everything. */
export const TIMELINE_VIEWS = ['incidents', 'privacy', 'audit'] as const;
export type TimelineView = (typeof TIMELINE_VIEWS)[number] | 'all';

export type IncidentStep = 'opened' | 'resolved' | 'closed';
export type PrivacyStep = 'received' | 'extended' | 'approved' | 'denied' | 'completed';

/**
 * One thing that happened to a customer. A step of an incident or a privacy request carries the audit event that
 * proves it, where it has one; `count` is how many readings stand behind one line.
 */
export type TimelineEntry = { key: string; at: string } & (
  | { type: 'incident'; step: IncidentStep; incident: IncidentListItem; event: AuditEvent | null }
  | { type: 'privacy'; step: PrivacyStep; request: PrivacyRequest; event: AuditEvent | null }
  | { type: 'audit'; event: FoldedEvent; count: number }
);

type Lists = Pick<Dossier, 'incidents' | 'privacy_requests' | 'audit_events'> &
  Partial<Pick<Dossier, 'readings' | 'proofs'>>;

/** The timeline from a URL's `show`; anything unknown shows all. */
export function timelineView(show: string | null): TimelineView {
  return TIMELINE_VIEWS.find((view) => view === show) ?? 'all';
}

/** Incidents, privacy requests and audit events as one list, newest first; what two of them tell is told once. */
export function timelineOf(lists: Lists, view: TimelineView): TimelineEntry[] {
  const acts = lists.readings ? lists.audit_events.filter((event) => !event.count) : lists.audit_events;
  const audit = [...acts, ...(lists.readings ?? [])].map(
    (event): TimelineEntry => ({ type: 'audit', key: event.id, at: event.created_at, event, count: event.count ?? 1 }),
  );
  if (view === 'audit') return audit.sort(newestFirst);
  const events = [...lists.audit_events, ...(lists.proofs ?? [])];
  const steps = [
    ...lists.incidents.flatMap((incident) => incidentSteps(incident, events)),
    ...lists.privacy_requests.flatMap((request) => privacySteps(request, events)),
  ];
  const told = new Set(steps.map((step) => step.event?.id));
  const merged = [...steps, ...audit.filter((entry) => !told.has(entry.key))];
  return merged.filter((entry) => view === 'all' || isAbout(entry, view)).sort(newestFirst);
}

function isAbout(entry: TimelineEntry, view: 'incidents' | 'privacy'): boolean {
  if (entry.type !== 'audit') return view === (entry.type === 'incident' ? 'incidents' : 'privacy');
  return entry.event.target_type === (view === 'incidents' ? 'incident' : 'privacy_request');
}

function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return rank(b) - rank(a) || (a.key < b.key ? 1 : -1);
}

/** Steps of one instant in the order of the workflow. */
function rank(entry: TimelineEntry): number {
  if (entry.type === 'audit') return 3;
  if (entry.step === 'opened' || entry.step === 'received') return 1;
  return entry.step === 'closed' || entry.step === 'completed' ? 4 : 2;
}

type StepEntry = Exclude<TimelineEntry, { type: 'audit' }>;

function incidentSteps(incident: IncidentListItem, events: readonly AuditEvent[]): StepEntry[] {
  const step = (step: IncidentStep, at: string | null, proves: (event: AuditEvent) => boolean): StepEntry[] => {
    if (!at) return [];
    const event = proof(events, incident.id, at, proves);
    return [{ type: 'incident', key: `${incident.id}:${step}`, at, step, incident, event }];
  };
  return [
    ...step('opened', incident.created_at, (event) => event.action === 'support_incident_create'),
    ...step('resolved', incident.resolved_at, (event) => event.details.to === 'resolved'),
    ...step('closed', incident.closed_at, (event) => event.details.to === 'closed'),
  ];
}

function privacySteps(request: PrivacyRequest, events: readonly AuditEvent[]): StepEntry[] {
  const step = (step: PrivacyStep, at: string | null, action: AuditEvent['action']): StepEntry[] => {
    if (!at) return [];
    const event = proof(events, request.id, at, (candidate) => candidate.action === action);
    return [{ type: 'privacy', key: `${request.id}:${step}`, at, step, request, event }];
  };
  const decided = request.status === 'canceled' ? null : request.decided_at;
  return [
    ...step('received', request.received_at, 'privacy_request_create'),
    ...step('extended', request.extended_at, 'privacy_request_extend'),
    ...(request.status === 'denied'
      ? step('denied', decided, 'privacy_request_deny')
      : step('approved', decided, 'privacy_request_approve')),
    ...(request.status === 'completed' ? step('completed', request.completed_at, 'privacy_request_complete') : []),
  ];
}

/** Clocks of a change and of its audit event are one; imported data may differ by a moment. */
const SAME_MOMENT_MS = 2_000;

function proof(
  events: readonly AuditEvent[],
  targetId: string,
  at: string,
  proves: (event: AuditEvent) => boolean,
): AuditEvent | null {
  const moment = Date.parse(at);
  const found = events.find(
    (event) =>
      event.target_id === targetId &&
      event.status === 'success' &&
      Math.abs(Date.parse(event.created_at) - moment) <= SAME_MOMENT_MS &&
      proves(event),
  );
  return found ?? null;
}

export type TimelineDay = { day: string; entries: TimelineEntry[] };

/**
 * The entries by day, as `dayOf` names it; order kept. Readings of the dossier by one person that follow each other
 * become one line, unless `everyEvent`.
 */
export function byDay(
  entries: readonly TimelineEntry[],
  dayOf: (iso: string) => string,
  everyEvent: boolean,
): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    let last = days.at(-1);
    if (last?.day !== day) {
      last = { day, entries: [] };
      days.push(last);
    }
    const above = last.entries.at(-1);
    if (!everyEvent && above && isReading(above) && isReading(entry) && above.event.actor_id === entry.event.actor_id) {
      last.entries[last.entries.length - 1] = { ...above, count: above.count + entry.count };
    } else last.entries.push(entry);
  }
  return days;
}

type AuditEntry = Extract<TimelineEntry, { type: 'audit' }>;

function isReading(entry: TimelineEntry): entry is AuditEntry {
  return entry.type === 'audit' && entry.event.action === 'support_dossier_read' && entry.event.status === 'success';
}
