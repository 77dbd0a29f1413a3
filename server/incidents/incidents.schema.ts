import { z } from 'zod';
import { auditEvent } from '../audit/audit.schema.ts';
import { anyOf, id, pageInput, pageOf, text, timestamp, wholeNumber } from '../fields.schema.ts';
import {
  DESCRIPTION_MAX,
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  INCIDENT_STATUSES,
  TITLE_MAX,
} from './incidents.rules.ts';

const title = text(1, TITLE_MAX);
const description = text(1, DESCRIPTION_MAX);
const category = z.enum(INCIDENT_CATEGORIES);
const priority = z.enum(INCIDENT_PRIORITIES);
const status = z.enum(INCIDENT_STATUSES);

export const incident = z.object({
  id,
  number: z.number().int().meta({ description: 'short, for people' }),
  user_id: id,
  category,
  title: z.string(),
  description: z.string(),
  status,
  priority,
  assignee_id: id.nullable(),
  version: z.number().int(),
  created_by: id.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
  resolved_at: timestamp.nullable(),
  closed_at: timestamp.nullable(),
});

/** An incident as lists show it, with the names of the people on it. */
export const incidentListItem = incident.extend({ user_name: z.string(), assignee_name: z.string().nullable() });

/** Without its description, unless that is asked for. */
export const incidentSummary = incidentListItem.omit({ description: true }).extend({
  description: z.string().optional().meta({ description: 'with `include=description` alone' }),
});

/** An incident as its page shows it. */
export const incidentDetail = incidentListItem.extend({
  created_by_name: z.string().nullable(),
  allowed_transitions: z.array(status).meta({ description: 'for the caller' }),
  audit_events: z.array(auditEvent).meta({ description: 'newest first, at most 100, readings left out' }),
});

export const incidentGetInput = z.strictObject({ id });

export const incidentListInput = pageInput({
  status: anyOf(INCIDENT_STATUSES).optional(),
  priority: anyOf(INCIDENT_PRIORITIES).optional(),
  category: anyOf(INCIDENT_CATEGORIES).optional(),
  assignee_id: z.union([z.enum(['me', 'none']), id]).optional(),
  user_id: id.optional(),
  query: text(1, 200).optional().meta({ description: 'a number, or a fragment of the title' }),
  include: anyOf(['description'])
    .optional()
    .meta({ description: 'the descriptions too: audited as a reading of each incident shown' }),
});

export const incidentPage = pageOf(incidentSummary);

export const incidentCreateInput = z.strictObject({
  user_id: id,
  category,
  title,
  description,
  priority: priority.default('medium'),
  assignee_id: id.nullable().optional(),
});

export const incidentUpdateInput = z
  .strictObject({
    id,
    status: status.optional(),
    priority: priority.optional(),
    category: category.optional(),
    title: title.optional(),
    description: description.optional(),
    assignee_id: id.nullable().optional(),
    version: wholeNumber(1, 2_147_483_647).optional(),
  })
  .refine(({ id: _id, version: _version, ...change }) => Object.values(change).some((value) => value !== undefined), {
    message: 'names no field to change',
    path: [],
  });

export type Incident = z.infer<typeof incident>;
export type IncidentListItem = z.infer<typeof incidentListItem>;
export type IncidentSummary = z.infer<typeof incidentSummary>;
export type IncidentDetail = z.infer<typeof incidentDetail>;
export type IncidentListInput = z.infer<typeof incidentListInput>;
export type IncidentCreateInput = z.infer<typeof incidentCreateInput>;
export type IncidentUpdateInput = z.infer<typeof incidentUpdateInput>;
