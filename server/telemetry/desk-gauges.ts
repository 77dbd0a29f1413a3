import { type BatchObservableCallback, ValueType } from '@opentelemetry/api';
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

const whole = { valueType: ValueType.INT };
const gauges = {
  incidentsOpen: meter.createObservableGauge('support_incidents_open', {
    ...whole,
    description: 'Incidents that are open or in progress',
  }),
  privacyOpen: meter.createObservableGauge('privacy_requests_open', {
    ...whole,
    description: 'Privacy requests without a final decision',
  }),
  privacyOverdue: meter.createObservableGauge('privacy_requests_overdue', {
    ...whole,
    description: 'Open privacy requests past their deadline',
  }),
};

/**
 * Has every scrape of the metrics call `read` once. When it fails, that scrape goes without these gauges.
 * @returns takes the registration back
 */
export function registerDeskGauges(read: () => Promise<DeskCounts>): () => void {
  const observe: BatchObservableCallback = async (result) => {
    try {
      const counts = await read();
      for (const priority of INCIDENT_PRIORITIES) {
        result.observe(gauges.incidentsOpen, counts.incidentsOpen[priority] ?? 0, { priority });
      }
      for (const kind of PRIVACY_KINDS) {
        result.observe(gauges.privacyOpen, counts.privacyOpen[kind] ?? 0, { kind });
        result.observe(gauges.privacyOverdue, counts.privacyOverdue[kind] ?? 0, { kind });
      }
    } catch (error) {
      logError(error, 'The desk could not be counted for the metrics');
    }
  };
  const observed = Object.values(gauges);
  meter.addBatchObservableCallback(observe, observed);
  return () => meter.removeBatchObservableCallback(observe, observed);
}
