import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { PrivacyRequest } from './privacy-request.ts';

/** The export that answers an access request: a ZIP whose bytes are kept in chunks until `expiresAt`. */
export const PrivacyArchiveSchema = defineEntity({
  name: 'PrivacyArchive',
  tableName: 'privacy_archive',
  indexes: [
    {
      name: 'privacy_archive_kept_index',
      expression:
        'create index privacy_archive_kept_index on privacy_archive (expires_at, request_id) where removed_at is null',
    },
  ],
  properties: {
    request: () => p.oneToOne(PrivacyRequest).owner().ref().primary(),
    sizeBytes: p.bigint('number'),
    /** Of the whole ZIP, in hexadecimal. */
    sha256: p.string().columnType('text'),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    /** When the bytes were removed; the row stays, so that an old link is told from a wrong one. */
    removedAt: p.datetime(3).nullable(),
  },
});

export class PrivacyArchive extends PrivacyArchiveSchema.class {
  [PrimaryKeyProp]?: 'request';
}
PrivacyArchiveSchema.setClass(PrivacyArchive);
