import { z } from 'zod';
import { anyId, anyOf, id, instant, pageInput, pageOf, timestamp } from '../fields.schema.ts';
import { AUDIT_ACTIONS, AUDIT_ACTOR_ROLES, AUDIT_STATUSES, AUDIT_TARGET_TYPES } from './audit.rules.ts';

export const auditEvent = z.object({
  id,
  request_id: z.string(),
  actor_id: id.nullable(),
  actor_name: z.string().nullable().optional().meta({ description: 'null for nobody, or somebody erased since' }),
  actor_role: z.enum(AUDIT_ACTOR_ROLES),
  action: z.enum(AUDIT_ACTIONS),
  target_type: z.enum(AUDIT_TARGET_TYPES),
  target_id: z.string().nullable(),
  status: z.enum(AUDIT_STATUSES),
  details: z.record(z.string(), z.unknown()),
  created_at: timestamp,
});

/** An event, or readings that follow each other as one: the newest of them, with how many there are and by whom. */
export const foldedEvent = auditEvent.extend({
  count: z.number().int().optional().meta({ description: 'of readings that follow each other; counted up to 1,000' }),
  first_at: timestamp.optional().meta({ description: 'the oldest of them' }),
  actors: z
    .array(z.object({ id: id.nullable(), name: z.string().nullable(), role: z.enum(AUDIT_ACTOR_ROLES) }))
    .optional()
    .meta({ description: 'everybody who read, latest first' }),
});

export const requestId = z.string().regex(/^[A-Za-z0-9_.:-]{8,128}$/, 'is not a request_id');

export const auditListInput = pageInput({
  request_id: requestId.optional(),
  actor_id: id.optional(),
  action: anyOf(AUDIT_ACTIONS).optional(),
  target_type: z.enum(AUDIT_TARGET_TYPES).optional(),
  target_id: anyId.optional(),
  status: anyOf(AUDIT_STATUSES).optional(),
  from: instant.optional().meta({ description: 'events at or after this instant' }),
  to: instant.optional().meta({ description: 'events before this instant' }),
});

export const auditPage = pageOf(auditEvent);

export type FoldedEvent = z.infer<typeof foldedEvent>;
export type AuditEvent = z.infer<typeof auditEvent>;
export type AuditListInput = z.infer<typeof auditListInput>;
