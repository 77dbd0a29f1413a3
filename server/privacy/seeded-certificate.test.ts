import pg from 'pg';
import { expect, test } from 'vitest';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { seedDemo } from '../../db/seed/demo.ts';
import { openOrm } from '../database.ts';
import { createTestDatabase } from '../testing/database.ts';
import { type JsonObject, sealKeyOf } from './canonical-json.ts';
import { isGenuine, verifyCertificate } from './certificate.read.ts';
import { certificateOfSeeded } from './seeded-certificate.ts';

test('the erasures of the demo have certificates that are genuine, and that the audit names', async () => {
  const database = await createTestDatabase();
  const key = sealKeyOf('a secret of tests, long enough to seal');
  const now = new Date('2026-03-31T16:20:00.000Z');
  const certify = (erasure: Parameters<typeof certificateOfSeeded>[1]) => certificateOfSeeded(key, erasure);
  await seedDemo(database.url, { now, calendar: legalCalendar(), passwordHash: 'x', certify });
  const orm = await openOrm(database.url, 2);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ certificate: JsonObject | null; events: number; incidents: number }>(
    `select certificate, (select count(*)::int from incident i where i.user_id = r.user_id) as incidents,
       (select count(*)::int from audit_event e where e.subject_user_id = r.user_id or e.actor_id = r.user_id) as events
     from privacy_request r where kind = 'erasure' and status = 'completed'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { certificate, events, incidents } of rows) {
    expect(certificate).toMatchObject({
      remaining: 0,
      tables: { audit_event: { rows: events }, incident: { rows: incidents }, app_user: { rows: 1 } },
    });
    const verdict = await verifyCertificate(orm.em.fork(), key, certificate ?? {});
    expect([isGenuine(verdict), verdict.recorded]).toEqual([true, true]);
  }
  await client.end();
  await orm.close(true);
  await database.drop();
});
