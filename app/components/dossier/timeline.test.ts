import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import type { IncidentListItem } from '../../../server/incidents/incidents.schema.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { dayIn } from '../ui/date-format.ts';
import { nearestDue, openIncidents } from './glance.ts';
import { byDay, timelineOf, timelineView } from './timeline.ts';

const INCIDENT_ID = '0199b9d5-03c5-75f1-8ebf-4a3daf10d423';
const REQUEST_ID = '0199b9d5-03c5-75f1-8ebf-4a3daf10d424';
const AGENT_ID = '0199b9d5-03c5-75f1-8ebf-4a3daf10d425';

function incident(fields: Partial<IncidentListItem>): IncidentListItem {
  return {
    id: INCIDENT_ID,
    number: 1042,
    user_id: '0199b9d5-03c5-75f1-8ebf-4a3daf10d426',
    user_name: 'Inès',
    category: 'account',
    title: 'Cannot sign in',
    description: 'Since this morning.',
    status: 'open',
    priority: 'medium',
    assignee_id: null,
    assignee_name: null,
    version: 1,
    created_by: AGENT_ID,
    created_at: '2026-11-02T09:00:00.000Z',
    updated_at: '2026-11-02T09:00:00.000Z',
    resolved_at: null,
    closed_at: null,
    ...fields,
  };
}

function request(fields: Partial<PrivacyRequest>): PrivacyRequest {
  return {
    id: REQUEST_ID,
    user_id: '0199b9d5-03c5-75f1-8ebf-4a3daf10d426',
    kind: 'access',
    status: 'requested',
    identity_check: null,
    details: null,
    reason: null,
    received_at: '2026-11-01T09:00:00.000Z',
    due_at: '2026-12-01T09:00:00.000Z',
    first_due_at: '2026-12-01T09:00:00.000Z',
    time_zone: 'Europe/Paris',
    clock_rule: 'calendar_days',
    extended_at: null,
    extension_reason: null,
    days_left: 9,
    overdue: false,
    decided_at: null,
    completed_at: null,
    requested_by: null,
    on_behalf_reason: null,
    version: 1,
    created_at: '2026-11-01T09:00:00.000Z',
    updated_at: '2026-11-01T09:00:00.000Z',
    ...fields,
  };
}

let events = 0;
function event(fields: Partial<AuditEvent>): AuditEvent {
  events++;
  return {
    id: `0199b9d5-03c5-75f1-8ebf-${String(events).padStart(12, '0')}`,
    request_id: 'request-0001',
    actor_id: AGENT_ID,
    actor_name: 'Maya',
    actor_role: 'support',
    action: 'support_dossier_read',
    target_type: 'user',
    target_id: '0199b9d5-03c5-75f1-8ebf-4a3daf10d426',
    status: 'success',
    details: {},
    created_at: '2026-11-02T08:59:00.000Z',
    ...fields,
  };
}

const onIncident = { target_type: 'incident', target_id: INCIDENT_ID } as const;

describe('timelineOf', () => {
  const closed = incident({
    status: 'closed',
    resolved_at: '2026-11-03T10:00:00.000Z',
    closed_at: '2026-11-04T10:00:00.000Z',
  });
  const lists = {
    incidents: [closed],
    privacy_requests: [request({ status: 'denied', decided_at: '2026-11-05T10:00:00.000Z', days_left: null })],
    audit_events: [
      event({ ...onIncident, action: 'support_incident_create', created_at: closed.created_at }),
      event({
        ...onIncident,
        action: 'support_incident_update',
        created_at: '2026-11-02T12:00:00.000Z',
        details: { from: 'open', to: 'in_progress' },
      }),
      event({
        ...onIncident,
        action: 'support_incident_update',
        created_at: '2026-11-03T10:00:00.000Z',
        details: { from: 'in_progress', to: 'resolved' },
      }),
      event({ created_at: '2026-11-06T10:00:00.000Z' }),
    ],
  };

  const shown = (view: Parameters<typeof timelineOf>[1]) =>
    timelineOf(lists, view).map((entry) =>
      entry.type === 'audit' ? entry.event.action : `${entry.type} ${entry.step}`,
    );

  it('merges what two lists tell into one entry, newest first', () => {
    expect(shown('all')).toEqual([
      'support_dossier_read',
      'privacy denied',
      'incident closed',
      'incident resolved',
      'support_incident_update',
      'incident opened',
      'privacy received',
    ]);
  });

  it('carries the audit event that proves a step, and none where it is not among the newest', () => {
    const entries = timelineOf(lists, 'all');
    const proven = entries.flatMap((entry) => (entry.type === 'incident' ? [[entry.step, entry.event?.action]] : []));
    expect(proven).toEqual([
      ['closed', undefined],
      ['resolved', 'support_incident_update'],
      ['opened', 'support_incident_create'],
    ]);
  });

  it('narrows to incidents, with what was done to them', () => {
    expect(shown('incidents')).toEqual([
      'incident closed',
      'incident resolved',
      'support_incident_update',
      'incident opened',
    ]);
  });

  it('narrows to privacy requests', () => {
    expect(shown('privacy')).toEqual(['privacy denied', 'privacy received']);
  });

  it('shows every audit event on its own', () => {
    expect(timelineOf(lists, 'audit').map((entry) => entry.type)).toEqual(['audit', 'audit', 'audit', 'audit']);
  });

  it('does not take a failed attempt for the change itself', () => {
    const denied = event({
      ...onIncident,
      action: 'support_incident_create',
      status: 'denied',
      created_at: closed.created_at,
    });
    const entries = timelineOf({ ...lists, audit_events: [denied] }, 'incidents');
    expect(entries.filter((entry) => entry.type === 'audit')).toHaveLength(1);
  });

  it('keeps the order of the workflow within one instant', () => {
    const at = '2026-11-02T09:00:00.000Z';
    const quick = incident({ status: 'closed', created_at: at, resolved_at: at, closed_at: at });
    const entries = timelineOf({ incidents: [quick], privacy_requests: [], audit_events: [] }, 'all');
    expect(entries.map((entry) => entry.type === 'incident' && entry.step)).toEqual(['closed', 'resolved', 'opened']);
  });

  it('tells no decision of a canceled request', () => {
    const canceled = request({ status: 'canceled', decided_at: '2026-11-05T10:00:00.000Z', days_left: null });
    const entries = timelineOf({ incidents: [], privacy_requests: [canceled], audit_events: [] }, 'all');
    expect(entries).toHaveLength(1);
  });
});

describe('timelineView', () => {
  it.each([
    ['incidents', 'incidents'],
    ['audit', 'audit'],
    ['nonsense', 'all'],
    ['', 'all'],
    [null, 'all'],
  ])('reads %s as %s', (show, view) => {
    expect(timelineView(show)).toBe(view);
  });
});

describe('byDay', () => {
  const utc = dayIn('UTC');
  const reading = (at: string, actor = AGENT_ID) => event({ created_at: at, actor_id: actor });
  const days = (audit_events: AuditEvent[], everyEvent = false, dayOf = utc) =>
    byDay(timelineOf({ incidents: [], privacy_requests: [], audit_events }, 'all'), dayOf, everyEvent).map(
      ({ day, entries }) => [day, entries.map((entry) => entry.type === 'audit' && entry.count)],
    );

  it('makes one line of readings by one person that follow each other on a day', () => {
    const audit = [
      reading('2026-11-03T10:00:00.000Z'),
      reading('2026-11-02T12:00:00.000Z'),
      reading('2026-11-02T11:00:00.000Z'),
      reading('2026-11-02T10:00:00.000Z', REQUEST_ID),
    ];
    expect(days(audit)).toEqual([
      ['2026-11-03', [1]],
      ['2026-11-02', [2, 1]],
    ]);
    expect(days(audit, true)).toEqual([
      ['2026-11-03', [1]],
      ['2026-11-02', [1, 1, 1]],
    ]);
  });

  it('cuts the days where the reader lives', () => {
    const audit = [reading('2026-11-02T23:30:00.000Z')];
    expect(days(audit, false, dayIn('Asia/Tokyo'))).toEqual([['2026-11-03', [1]]]);
    expect(days(audit, false, dayIn('America/New_York'))).toEqual([['2026-11-02', [1]]]);
  });
});

describe('glance', () => {
  it('finds the legal clock that ends first, overdue before all, ended ones never', () => {
    const soon = request({ id: 'soon', due_at: '2026-11-25T09:00:00.000Z', days_left: 3 });
    const late = request({ id: 'late', due_at: '2026-11-20T09:00:00.000Z', days_left: -2, overdue: true });
    const ended = request({ id: 'ended', due_at: '2026-11-01T09:00:00.000Z', days_left: null });
    expect(nearestDue([soon, ended, late])?.id).toBe('late');
    expect(nearestDue([soon, ended])?.id).toBe('soon');
    expect(nearestDue([ended])).toBeNull();
  });

  it('puts urgent incidents first, then those that have waited longest, and leaves finished ones out', () => {
    const old = incident({ number: 1, created_at: '2026-11-01T09:00:00.000Z' });
    const recent = incident({ number: 2, created_at: '2026-11-02T09:00:00.000Z', status: 'in_progress' });
    const urgent = incident({ number: 3, created_at: '2026-11-03T09:00:00.000Z', priority: 'high' });
    const done = incident({ number: 4, status: 'resolved', priority: 'high' });
    expect(openIncidents([recent, done, old, urgent]).map(({ number }) => number)).toEqual([3, 1, 2]);
  });
});
