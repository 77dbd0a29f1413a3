import type { BatchObservableCallback, BatchObservableResult } from '@opentelemetry/api';
import { INCIDENT_PRIORITIES, type IncidentPriority } from '../incidents/incidents.rules.ts';
import { PRIVACY_KINDS, type PrivacyKind } from '../privacy/privacy.rules.ts';
import { logError } from './logger.ts';
import { meter } from './meter.ts';

/** What is in the tables now; a missing label counts 0. */
export type DeskCounts = {
  incidentsOpen: Partial<Record<IncidentPriority, number>>;
  privacyOpen: Partial<Record<PrivacyKind, number>>;
  privacyOverdue: Partial<Record<PrivacyKind, number>>;
};

const gauges = {
  incidentsOpen: meter.createObservableGauge('support_incidents_open', {
    description: 'Incidents in status open',
  }),
  privacyOpen: meter.createObservableGauge('privacy_requests_open', {
    description: 'Privacy requests without a final decision',
  }),
  privacyOverdue: meter.createObservableGauge('privacy_requests_overdue', {
    description: 'Open privacy requests whose last day is over, in the zone of the desk',
  }),
};

const UNKNOWN = { incidentsOpen: {}, privacyOpen: {}, privacyOverdue: {} };

/**
 * Has every scrape of the metrics call `read` once. When it fails, the gauges of that scrape are NaN.
 * @returns takes the registration back
 */
export function registerDeskGauges(read: () => Promise<DeskCounts>): () => void {
  const observe: BatchObservableCallback = async (result) => {
    try {
      observeCounts(result, await read(), 0);
    } catch (error) {
      logError(error, 'The desk could not be counted for the metrics');
      // Not observed, they would repeat the counts of the scrape before.
      observeCounts(result, UNKNOWN, Number.NaN);
    }
  };
  const observed = Object.values(gauges);
  meter.addBatchObservableCallback(observe, observed);
  return () => meter.removeBatchObservableCallback(observe, observed);
}

function observeCounts(result: BatchObservableResult, counts: DeskCounts, otherwise: number): void {
  for (const priority of INCIDENT_PRIORITIES) {
    result.observe(gauges.incidentsOpen, counts.incidentsOpen[priority] ?? otherwise, { priority });
  }
  for (const kind of PRIVACY_KINDS) {
    result.observe(gauges.privacyOpen, counts.privacyOpen[kind] ?? otherwise, { kind });
    result.observe(gauges.privacyOverdue, counts.privacyOverdue[kind] ?? otherwise, { kind });
  }
}
