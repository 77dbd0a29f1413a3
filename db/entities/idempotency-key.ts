import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';

/** The answer first given to an Idempotency-Key, kept 24 h per actor and committed with the change. */
export const IdempotencyKeySchema = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  indexes: [{ properties: ['expiresAt'] }, { properties: ['subjectUserId'] }],
  properties: {
    actorId: p.uuid().primary(),
    key: p.string().columnType('text').primary(),
    /** SHA-256 of the route and the body. */
    fingerprint: p.string().columnType('text'),
    /** The customer that the answer speaks of, so that erasure finds it. */
    subjectUserId: p.uuid().nullable(),
    status: p.integer(),
    /** `json` gives it back byte for byte as it was written; `jsonb` would order its keys anew. */
    body: p.json<unknown>().columnType('json'),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});

export class IdempotencyKey extends IdempotencyKeySchema.class {
  [PrimaryKeyProp]?: ['actorId', 'key'];
}
IdempotencyKeySchema.setClass(IdempotencyKey);
