import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrm } from '../database.ts';
import { errorFacts } from '../telemetry/error-facts.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import type { PERSONAL_DATA } from './personal-data.ts';
import type { PrivacyKind } from './privacy.rules.ts';
import { processPrivacyRequest } from './processing.ts';

const ROLE = `denied_${crypto.randomUUID().slice(0, 8)}`;

let desk: TestDesk;
let jobs: TestJobs;
/** The same database, by a role that owns nothing and has every right but the one of the test. */
let orm: MikroORM;
let databaseUrl: string;

beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
  await desk.sql(`create role ${ROLE} login password 'denied'`);
  for (const schema of ['public', 'graphile_worker']) {
    await desk.sql(`grant usage on schema ${schema} to ${ROLE}`);
    await desk.sql(`grant all on all tables in schema ${schema} to ${ROLE}`);
    await desk.sql(`grant all on all sequences in schema ${schema} to ${ROLE}`);
  }
  const url = new URL(desk.url);
  [url.username, url.password] = [ROLE, 'denied'];
  databaseUrl = url.href;
  orm = await openOrm(databaseUrl, 2);
});
afterAll(async () => {
  await orm.close(true);
  await jobs.close();
  await desk.sql(`drop owned by ${ROLE}`);
  await desk.sql(`drop role ${ROLE}`);
  await desk.close();
});

const MISSING: [string, keyof typeof PERSONAL_DATA, PrivacyKind][] = [
  ['update', 'privacy_archive', 'erasure'],
  ['update', 'incident', 'erasure'],
  ['update', 'app_user', 'erasure'],
  ['delete', 'session', 'erasure'],
  ['delete', 'refresh_token', 'erasure'],
  ['delete', 'idempotency_key', 'erasure'],
  ['insert', 'privacy_archive', 'access'],
  ['select', 'subscription', 'access'],
];

test.each(
  MISSING,
)('the right to %s %s that is missing for an %s is told, and once granted it is done', async (right, table, kind) => {
  const who = await liveCustomer(desk);
  const id = await approvedRequest(desk, who, kind);
  await desk.sql(`revoke ${right} on ${table} from ${ROLE}`);
  const attempt = { last: true, signal: new AbortController().signal, at: () => {} };
  const thrown = await processPrivacyRequest({ ...jobs.jobDesk, orm, databaseUrl }, id, attempt).catch(
    (error) => error,
  );
  expect(JSON.stringify(errorFacts(thrown))).toMatch(new RegExp(`\\b${table}\\b`));
  expect(JSON.stringify(errorFacts(thrown))).not.toContain(who.email);
  const failed = await desk.callerAs('ops').privacy.get({ id });
  expect(failed).toMatchObject({ status: 'failed', failure: { class: 'permission', sqlstate: '42501', table } });
  await desk.sql(`grant ${right} on ${table} to ${ROLE}`);
  await desk.callerAs('ops').privacy.retry({ id });
  await jobs.runDue();
  expect(await desk.callerAs('ops').privacy.get({ id })).toMatchObject({ status: 'completed', failure: null });
});
