import { defineEntity, p } from '@mikro-orm/core';
import {
  AUDIT_ACTOR_ROLES,
  AUDIT_STATUSES,
  AUDIT_TARGET_TYPES,
  type AuditAction,
  type AuditDetails,
} from '../../server/audit/audit.rules.ts';

/** Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. No foreign keys, so that events outlive their targets. */
export const AuditEventSchema = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  // The explorer reads newest first by (created_at, id); each of its filters has an index that ends so.
  indexes: [
    { properties: ['createdAt', 'id'] },
    { properties: ['requestId', 'createdAt', 'id'] },
    { properties: ['actorId', 'createdAt', 'id'] },
    { properties: ['action', 'createdAt', 'id'] },
    { properties: ['targetType', 'createdAt', 'id'] },
    { properties: ['targetId', 'createdAt', 'id'] },
    { properties: ['subjectUserId', 'createdAt', 'id'] },
    {
      name: 'audit_event_not_success_index',
      expression:
        "create index audit_event_not_success_index on audit_event (status, created_at, id) where status <> 'success'",
    },
  ],
  properties: {
    id: p.uuid().primary(),
    requestId: p.string().columnType('text'),
    actorId: p.uuid().nullable(),
    actorRole: p.enum(AUDIT_ACTOR_ROLES),
    /** One of AUDIT_ACTIONS. No check lists them: a new action must not scan the table that every act writes to. */
    action: p.string().columnType('text').$type<AuditAction>(),
    targetType: p.enum(AUDIT_TARGET_TYPES),
    targetId: p.string().columnType('text').nullable(),
    /** The customer whose dossier the event belongs to. */
    subjectUserId: p.uuid().nullable(),
    status: p.enum(AUDIT_STATUSES),
    details: p.json<AuditDetails>(),
    createdAt: p.datetime(3),
  },
});

export class AuditEvent extends AuditEventSchema.class {}
AuditEventSchema.setClass(AuditEvent);
