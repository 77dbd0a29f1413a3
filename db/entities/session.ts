import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A signed-in browser. The cookie holds the token; the table only its SHA-256. */
export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  indexes: [{ properties: ['expiresAt'] }, { properties: ['user'] }],
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().columnType('text').unique(),
    user: () => p.manyToOne(User).ref(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    /** Kept once a minute at most; null before the first minute is over. */
    lastUsedAt: p.datetime(3).nullable(),
    /** When the password was last given in this session; null: when it began. */
    authenticatedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});

export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
