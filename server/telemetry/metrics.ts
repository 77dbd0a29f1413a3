import { ValueType } from '@opentelemetry/api';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  type IncidentCategory,
  type IncidentPriority,
} from '../incidents/incidents.rules.ts';
import { LIMITS, type Policy } from '../rate-limit/limits.ts';
import { meter } from './meter.ts';

const whole = { valueType: ValueType.INT };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const incidents = meter.createCounter('support_incidents_total', { ...whole, description: 'Incidents opened' });
// A counter that begins at 0 lets the first increase be seen.
for (const category of INCIDENT_CATEGORIES) {
  for (const priority of INCIDENT_PRIORITIES) incidents.add(0, { category, priority });
}

/** Call it once the incident is committed. */
export function countIncident(category: IncidentCategory, priority: IncidentPriority): void {
  incidents.add(1, { category, priority });
}

const resolution = meter.createHistogram('support_incidents_resolution_seconds', {
  description: 'Seconds from the creation of an incident to its resolution',
  advice: {
    explicitBucketBoundaries: [
      ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE),
      ...[1, 2, 4, 8].map((hours) => hours * HOUR),
      ...[1, 2, 3, 7, 14, 28].map((days) => days * DAY),
    ],
  },
});

/** Call it once the resolution is committed. */
export function recordResolution(createdAt: Date, resolvedAt: Date): void {
  resolution.record((resolvedAt.getTime() - createdAt.getTime()) / 1000);
}

const rejections = meter.createCounter('rate_limit_rejections_total', {
  ...whole,
  description: 'Requests that a limit refused',
});
for (const policy of Object.keys(LIMITS)) rejections.add(0, { policy });

export function countRateLimitRejection(policy: Policy): void {
  rejections.add(1, { policy });
}

const insurance = meter.createCounter('rate_limit_insurance_total', {
  ...whole,
  description: 'Limits checked in memory because Redis was away',
});
insurance.add(0);

export function countRateLimitInsurance(): void {
  insurance.add(1);
}

const httpDuration = meter.createHistogram('http_server_request_duration_seconds', {
  description: 'Seconds from a request to its answer',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** @param route the route's template, for every value is a series of its own */
export function recordHttpRequest(method: string, route: string, status: number, seconds: number): void {
  httpDuration.record(seconds, { method: METHODS.has(method) ? method : '_OTHER', route, status });
}
