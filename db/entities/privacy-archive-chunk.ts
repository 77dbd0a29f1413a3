import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { PrivacyArchive } from './privacy-archive.ts';

/** A part of an archive, small enough to be read and sent by itself. */
export const PrivacyArchiveChunkSchema = defineEntity({
  name: 'PrivacyArchiveChunk',
  tableName: 'privacy_archive_chunk',
  properties: {
    archive: () => p.manyToOne(PrivacyArchive).ref().primary().deleteRule('cascade'),
    /** Counted from 0. */
    ordinal: p.integer().primary(),
    bytes: p.blob(),
  },
});

export class PrivacyArchiveChunk extends PrivacyArchiveChunkSchema.class {
  [PrimaryKeyProp]?: ['archive', 'ordinal'];
}
PrivacyArchiveChunkSchema.setClass(PrivacyArchiveChunk);
