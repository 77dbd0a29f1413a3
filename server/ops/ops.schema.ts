import { z } from 'zod';
import { AUDIT_ACTIONS } from '../audit/audit.rules.ts';
import { id, timestamp } from '../fields.schema.ts';
import { INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';
import { DUE_SOON_DAYS } from '../privacy/deadline.rules.ts';
import { PRIVACY_KINDS } from '../privacy/privacy.rules.ts';
import { LIVE_SAMPLE, OPENED_CLOSED_DAYS, REFUSALS_HOURS, RESOLUTION_DAYS } from './ops.rules.ts';

const count = z.number().int();
const priority = z.enum(INCIDENT_PRIORITIES);
const status = z.enum(INCIDENT_STATUSES);

/** Counted up to 10,000; past that `capped` is true. */
const upTo = z.object({ count, capped: z.boolean() });

const incidents = z.object({
  open: upTo,
  in_progress: upTo,
  by_priority: z.array(z.object({ status, priority, count })).meta({ description: 'open and in progress' }),
  sampled: z.boolean().meta({ description: `priorities and load are of the oldest ${LIVE_SAMPLE} of each status` }),
  oldest_unassigned: z.array(
    z.object({ id, number: count, title: z.string(), status, priority, created_at: timestamp }),
  ),
  load: z.array(z.object({ agent_id: id, agent_name: z.string(), open: count, in_progress: count, high: count })),
  days: z
    .array(z.object({ day: z.iso.date(), opened: count, closed: count }))
    .meta({ description: `the last ${OPENED_CLOSED_DAYS} days in the zone of the desk, today last` }),
  resolution: z
    .object({ count, median_seconds: z.number(), p90_seconds: z.number() })
    .nullable()
    .meta({ description: `of those opened in the last ${RESOLUTION_DAYS} days and resolved; null without any` }),
});

const privacy = z.array(
  z.object({
    kind: z.enum(PRIVACY_KINDS),
    open: count,
    overdue: count,
    due_soon: count.meta({ description: `due within ${DUE_SOON_DAYS} days, overdue ones not counted` }),
  }),
);

const refusals = z
  .object({
    acts: z.array(z.object({ action: z.enum(AUDIT_ACTIONS), denied: count, failed: count })),
    sign_ins: count.meta({ description: 'sign-ins that were refused' }),
  })
  .meta({ description: `in the last ${REFUSALS_HOURS} hours` });

/** How the desk is doing, as of one instant. */
export const opsDashboard = z.object({
  as_of: timestamp,
  time_zone: z.string().meta({ description: "the desk's, in which days are due and overdue" }),
  incidents,
  privacy,
  refusals,
});

export type OpsDashboard = z.infer<typeof opsDashboard>;
