import pg from 'pg';
import { type Job, jobKey, MAX_ATTEMPTS } from '../../server/jobs/jobs.rules.ts';
import type { LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import { isAutomaticPrivacyKind } from '../../server/privacy/privacy.rules.ts';
import { addDailyWork, addDemoCustomerVisits } from './demo-audit.ts';
import { DemoDesk } from './demo-desk.ts';
import { addIncidents } from './demo-incidents.ts';
import { addCustomers, addDemoCustomer, addStaff } from './demo-people.ts';
import { addPrivacyRequests } from './demo-privacy.ts';
import { insertRows, type PrivacyRequestRow } from './rows.ts';

/** Key of the advisory lock under which the demo is loaded: the bytes of "demo" as a number. */
const LOCK_KEY = 1_684_368_751;

/** An erasure of the past that the demo tells of; `rows` are those of the person, by table. */
export type SeededErasure = {
  request: PrivacyRequestRow;
  requestId: string;
  approved: { by: string | null; at: Date } | null;
  locale: string;
  rows: Record<string, number>;
};

type Certify = (erasure: SeededErasure) => Record<string, unknown> & { sha256: string };

type DemoOptions = {
  now: Date;
  calendar: LegalCalendar;
  passwordHash: string;
  /** Makes the certificate of an erasure, by the key of the desk; without it there are none. */
  certify?: Certify;
};

/**
 * Loads the demo data into a migrated database without users, in one transaction; the same `now` gives the same data.
 * `passwordHash` is for the three demo sign-ins. Returns false, and changes nothing, when there are users already.
 */
export async function seedDemo(
  databaseUrl: string,
  { now, calendar, passwordHash, certify }: DemoOptions,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    const { rowCount } = await client.query('select 1 from app_user limit 1');
    if (rowCount) return false;
    const desk = demoDesk(now, calendar, passwordHash);
    if (certify) certifyErasures(desk, certify);
    await insertDesk(client, desk);
    await client.query('commit');
    // Without statistics the first pages after a fresh start are planned blindly.
    await client.query('analyze');
    return true;
  } finally {
    await client.end();
  }
}

/** All rows of the demo. */
export function demoDesk(now: Date, calendar: LegalCalendar, passwordHash: string): DemoDesk {
  const desk = new DemoDesk(now, calendar);
  addStaff(desk, passwordHash);
  const demoCustomer = addDemoCustomer(desk, passwordHash);
  addCustomers(desk);
  addIncidents(desk, demoCustomer);
  addPrivacyRequests(desk, demoCustomer);
  addDemoCustomerVisits(desk, demoCustomer);
  addDailyWork(desk);
  return desk;
}

/** Once all rows are there, which certificates count; the event of the completion names the certificate. */
function certifyErasures(desk: DemoDesk, certify: Certify): void {
  for (const request of desk.privacyRequests) {
    if (request.kind !== 'erasure' || request.status !== 'completed') continue;
    const userId = request.user_id;
    const own = desk.events.filter(({ target_id }) => target_id === request.id);
    const approval = own.find(({ action }) => action === 'privacy_request_approve');
    const completion = own.find(({ action }) => action === 'privacy_request_complete');
    const certificate = certify({
      request,
      requestId: completion?.request_id ?? '',
      approved: approval ? { by: approval.actor_id, at: approval.created_at } : null,
      locale: desk.people.find(({ id }) => id === userId)?.locale ?? 'en',
      rows: {
        app_user: 1,
        subscription: desk.subscriptions.filter(({ user_id }) => user_id === userId).length,
        incident: desk.incidents.filter(({ user_id }) => user_id === userId).length,
        privacy_request: desk.privacyRequests.filter(({ user_id }) => user_id === userId).length,
        audit_event: desk.events.filter((event) => event.subject_user_id === userId || event.actor_id === userId)
          .length,
      },
    });
    request.certificate = certificate;
    if (completion) completion.details = { ...completion.details, certificate: certificate.sha256 };
  }
}

async function insertDesk(client: pg.Client, desk: DemoDesk): Promise<void> {
  await insertRows(client, 'app_user', desk.people);
  await insertRows(client, 'subscription', desk.subscriptions);
  await insertRows(client, 'incident', desk.incidents);
  await insertRows(client, 'privacy_request', desk.privacyRequests);
  await insertRows(client, 'audit_event', desk.events);
  await client.query(`select setval(pg_get_serial_sequence('incident', 'number'), max(number)) from incident`);
  await enqueueApproved(client, desk.privacyRequests);
}

/** What is approved is carried out by the desk itself, as it would be in earnest: archives and certificates are real. */
async function enqueueApproved(client: pg.Client, requests: readonly PrivacyRequestRow[]): Promise<void> {
  for (const { id, kind, status } of requests) {
    if (status !== 'approved' || !isAutomaticPrivacyKind(kind)) continue;
    const job: Job = 'privacy_request';
    await client.query('select graphile_worker.add_job($1, $2::json, job_key := $3, max_attempts := $4)', [
      job,
      JSON.stringify({ id }),
      jobKey(job, id),
      MAX_ATTEMPTS,
    ]);
  }
}
