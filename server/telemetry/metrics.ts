import { ValueType } from '@opentelemetry/api';
import { type ErrorCode, isRefusal, REFUSALS } from '../errors.rules.ts';
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

const refusals = meter.createCounter('refusals_total', {
  ...whole,
  description: 'Calls and requests refused for who asks, what they may, or how much they ask',
});
for (const code of REFUSALS) refusals.add(0, { code });

/** Counts a failure that is a refusal, and nothing for another. */
export function countRefusal(code: ErrorCode): void {
  if (isRefusal(code)) refusals.add(1, { code });
}

const insurance = meter.createCounter('rate_limit_insurance_total', {
  ...whole,
  description: 'Limits checked in memory because Redis was away',
});
insurance.add(0);

export function countRateLimitInsurance(): void {
  insurance.add(1);
}

const jobsHeld = meter.createGauge('background_jobs_held', {
  ...whole,
  description: '1 while this instance takes no background work, because the schema is newer than it knows',
});
jobsHeld.record(0);

export function recordJobsHeld(held: boolean): void {
  jobsHeld.record(held ? 1 : 0);
}

const httpDuration = meter.createHistogram('http_server_request_duration_seconds', {
  description: 'Seconds from a request to its answer',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
});

// The status is not on the histogram: each of its series has fourteen lines, and callers choose what they are refused.
const httpRequests = meter.createCounter('http_server_requests_total', {
  ...whole,
  description: 'Requests answered, by status',
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The method, or `_OTHER` for one that HTTP does not define. */
export function methodLabel(method: string): string {
  return METHODS.has(method) ? method : '_OTHER';
}

export type AnsweredRequest = {
  method: string;
  /** The route's template: every value is a series of its own. */
  route: string;
  status: number;
  seconds: number;
  /** Whether the route's own code began; else the request counts for the entrance where it was refused. */
  reached: boolean;
};

export function recordHttpRequest({ method, route, status, seconds, reached }: AnsweredRequest): void {
  // A HEAD is a GET whose answer has no body (RFC 9110, section 9.3.2).
  const labels = {
    method: methodLabel(method === 'HEAD' ? 'GET' : method),
    route: reached ? route : entranceOf(route),
  };
  httpDuration.record(seconds, labels);
  httpRequests.add(1, { ...labels, status });
}

function entranceOf(route: string): string {
  return /^\/(trpc|v1)\//.exec(route)?.[0].concat('*') ?? '/*';
}
