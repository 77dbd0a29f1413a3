import { z } from 'zod';
import { auditEvent, foldedEvent } from '../audit/audit.schema.ts';
import { id, pageOfOneInput, timestamp } from '../fields.schema.ts';
import { incidentListItem, incidentSummary } from '../incidents/incidents.schema.ts';
import { privacyRequest } from '../privacy/privacy.schema.ts';
import { subscription } from '../subscriptions/subscriptions.schema.ts';
import { user } from '../users/users.schema.ts';

/** Newest rows of each list in a dossier; `counts` tells how many there are in all. */
export const DOSSIER_LIST_SIZE = 20;

export const dossierGetInput = z.strictObject({ user_id: id });
export const dossierEventsInput = pageOfOneInput({ user_id: id });

/** All that an agent needs about a customer, read from one snapshot taken at `as_of`. */
export const dossier = z.object({
  as_of: timestamp,
  user,
  subscription: subscription.nullable(),
  privacy_requests: z.array(privacyRequest),
  incidents: z.array(incidentListItem),
  audit_events: z.array(foldedEvent).meta({
    description: 'the newest 20 acts; readings and refused sign-ins between them, folded, where that leaves room',
  }),
  readings: z
    .array(foldedEvent)
    .meta({ description: 'all readings and refused sign-ins since the oldest of those acts, folded' }),
  proofs: z.array(auditEvent).meta({ description: 'the own events of the incidents and requests listed' }),
  open_incidents: z.array(incidentSummary).meta({ description: 'all, up to 100, however old' }),
  open_privacy_requests: z.array(privacyRequest).meta({ description: 'all, however old' }),
  counts: z.object({
    incidents: z.number().int(),
    open_incidents: z.number().int(),
    privacy_requests: z.number().int(),
    open_privacy_requests: z.number().int(),
    audit_events: z.number().int().meta({ description: 'counted up to 10,000' }),
  }),
});

export type Dossier = z.infer<typeof dossier>;
