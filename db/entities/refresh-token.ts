import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A refresh token, kept as its SHA-256. Tokens that came of one sign-in share a family and are revoked together. */
export const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  indexes: [{ properties: ['familyId'] }, { properties: ['expiresAt'] }, { properties: ['user'] }],
  properties: {
    id: p.uuid().primary(),
    familyId: p.uuid(),
    tokenHash: p.string().columnType('text').unique(),
    user: () => p.manyToOne(User).ref(),
    createdAt: p.datetime(3),
    /** When its family began; null in rows of releases that did not keep it. */
    signedInAt: p.datetime(3).nullable(),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});

export class RefreshToken extends RefreshTokenSchema.class {}
RefreshTokenSchema.setClass(RefreshToken);
