import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { AuditEvent } from './entities/audit-event.ts';
import { IdempotencyKey } from './entities/idempotency-key.ts';
import { Incident } from './entities/incident.ts';
import { PrivacyArchive } from './entities/privacy-archive.ts';
import { PrivacyArchiveChunk } from './entities/privacy-archive-chunk.ts';
import { PrivacyRequest } from './entities/privacy-request.ts';
import { RefreshToken } from './entities/refresh-token.ts';
import { Session } from './entities/session.ts';
import { Subscription } from './entities/subscription.ts';
import { User } from './entities/user.ts';

export const entities = [
  User,
  Subscription,
  Incident,
  PrivacyRequest,
  PrivacyArchive,
  PrivacyArchiveChunk,
  AuditEvent,
  Session,
  RefreshToken,
  IdempotencyKey,
] as const;

/** The one MikroORM configuration. Values never reach a log: `debug` stays off. */
export function ormOptions(databaseUrl: string, overrides: Partial<Options> = {}) {
  return defineConfig({
    clientUrl: databaseUrl,
    entities: [...entities],
    extensions: [Migrator],
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: false,
    migrations: {
      path: 'db/migrations',
      emit: 'ts',
      snapshotName: '.snapshot-guichet',
      fileName: (timestamp, name) => `${timestamp}_${name ?? 'change'}`,
      tableName: 'schema_migration',
    },
    ...overrides,
  });
}
