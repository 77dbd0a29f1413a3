import pg from 'pg';
import type { LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import type { BulkOptions } from './bulk-options.ts';
import { agentAt, type BulkPlan, BulkRows } from './bulk-rows.ts';
import { copyRows } from './copy.ts';
import { buildSubscription, buildUser } from './factories.ts';
import type { Desk } from './incident-course.ts';
import { Random } from './random.ts';
import { insertRows, type Rows, type UserRow } from './rows.ts';
import { dropSecondaryIndexes } from './secondary-indexes.ts';

const TABLES = ['app_user', 'subscription', 'incident', 'privacy_request', 'audit_event'] as const;
const REPORT_EVERY_MS = 5_000;
const DAY = 86_400_000;

/** The database holds customers, and `append` was not asked for. */
export class HasCustomersError extends Error {
  constructor() {
    super('The database already has customers. Use --append to add more to them.');
    this.name = 'HasCustomersError';
  }
}

export type BulkTotals = Record<keyof Rows, number>;
type Report = (line: string) => void;

/**
 * Fills a migrated database in one transaction and returns how many rows it added to each table. The same options on
 * the same database give the same rows. Into a database without customers it loads without secondary indexes and makes
 * them again after; whatever fails, even the power, leaves the database as it was.
 * `passwordHash` is for the demo sign-ins, where they are asked for.
 * @throws HasCustomersError
 */
export async function seedBulk(
  databaseUrl: string,
  options: BulkOptions & { calendar: LegalCalendar },
  passwordHash: string | null,
  report: Report,
): Promise<BulkTotals> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection lost between two statements must fail the next one, not end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local maintenance_work_mem = '512MB'`);
    const known = await knownRows(client);
    if (known.customers > 0 && !options.append) throw new HasCustomersError();
    const restore = options.append ? [] : await dropSecondaryIndexes(client, TABLES);
    const totals = await loadAll(client, options, known, passwordHash, report);
    for (const { name, create } of restore) await timed(report, name, () => client.query(create));
    await timed(report, 'commit', () => client.query('commit'));
    await timed(report, 'vacuum analyze', () => client.query(`vacuum (analyze) ${TABLES.join(', ')}`));
    return totals;
  } finally {
    await client.end();
  }
}

type Known = { customers: number; lastNumber: number; staff: UserRow[]; signIns: string[] };

async function knownRows(client: pg.Client): Promise<Known> {
  const { rows } = await client.query<{ customers: number; last_number: number; sign_ins: string[] }>(`
    select (select count(*) from app_user where role = 'user')::int as customers,
      coalesce((select max(number) from incident), 0)::int as last_number,
      array(select email from app_user where email like '%@demo.example') as sign_ins`);
  const staff = await client.query<UserRow>(`select * from app_user where role <> 'user' order by created_at, id`);
  const [row] = rows;
  return {
    customers: row?.customers ?? 0,
    lastNumber: row?.last_number ?? 0,
    staff: staff.rows,
    signIns: row?.sign_ins ?? [],
  };
}

async function loadAll(
  client: pg.Client,
  options: BulkOptions & { calendar: LegalCalendar },
  known: Known,
  passwordHash: string | null,
  report: Report,
): Promise<BulkTotals> {
  const signIns = passwordHash ? demoSignIns(options.asOf, passwordHash, known.signIns) : [];
  const staff = [...newAgents(options, known.staff.length), ...signIns.filter(({ role }) => role !== 'user')];
  const plan = bulkPlan(options, known, {
    ...deskOf([...known.staff, ...staff], options.asOf),
    calendar: options.calendar,
  });
  const rows = new BulkRows(plan);
  const people = [...staff, ...signIns.filter(({ role }) => role === 'user')];
  await insertRows(client, 'app_user', people);
  const totals: BulkTotals = {
    app_user: people.length + (await copyTable(client, 'app_user', rows.users(), plan.customers, report)),
    subscription: await copyTable(client, 'subscription', rows.subscriptions(), plan.customers * 0.88, report),
    incident: await copyTable(client, 'incident', picked(rows.incidents(), 'incident'), plan.incidents, report),
    privacy_request: await copyTable(
      client,
      'privacy_request',
      picked(rows.privacyRequests(), 'request'),
      plan.privacyRequests,
      report,
    ),
    audit_event: await copyTable(client, 'audit_event', rows.auditEvents(), plan.auditEvents, report),
  };
  for (const { id, role, created_at } of signIns) {
    if (role !== 'user') continue;
    await insertRows(client, 'subscription', [buildSubscription({ user_id: id, created_at })]);
    totals.subscription += 1;
  }
  if (plan.incidents > 0) {
    await client.query(`select setval(pg_get_serial_sequence('incident', 'number'), max(number)) from incident`);
  }
  return totals;
}

function bulkPlan(options: BulkOptions, known: Known, desk: BulkPlan['desk']): BulkPlan {
  return {
    customers: options.users,
    firstCustomer: known.customers,
    incidents: Math.round(options.users * options.incidentsPerUser),
    firstNumber: known.lastNumber + 1,
    privacyRequests: Math.round(options.users * options.privacyRequestsPerUser),
    auditEvents: Math.round(options.users * options.auditEventsPerUser),
    desk,
  };
}

/** Agents for so many customers, less those who are there. */
function newAgents({ users, asOf }: BulkOptions, existing: number): UserRow[] {
  const wanted = Math.min(120, Math.max(8, Math.round(users / 2_500)));
  const missing = Math.max(0, wanted - existing);
  return Array.from({ length: missing }, (_, index) => agentAt(existing + index, asOf));
}

function deskOf(staff: readonly UserRow[], now: Date): Desk {
  const working = staff.filter(({ erased_at }) => erased_at === null);
  const ops = working.filter(({ role }) => role === 'ops');
  const support = working.filter(({ role }) => role === 'support');
  return { support: support.length > 0 ? support : ops, ops: ops.length > 0 ? ops : support, now };
}

function demoSignIns(asOf: Date, passwordHash: string, existing: readonly string[]): UserRow[] {
  const random = new Random(0, 1);
  const createdAt = new Date(asOf.getTime() - 1_200 * DAY);
  return (['support', 'ops', 'user'] as const)
    .map((role) =>
      buildUser({
        id: random.id(createdAt),
        email: `${role}@demo.example`,
        name: `Demo ${role}`,
        role,
        password_hash: passwordHash,
        created_at: createdAt,
      }),
    )
    .filter(({ email }) => email !== null && !existing.includes(email));
}

function* picked<T, K extends keyof T>(histories: Iterable<T>, key: K): Generator<T[K]> {
  for (const history of histories) yield history[key];
}

async function copyTable<T extends keyof Rows>(
  client: pg.Client,
  table: T,
  rows: Iterable<Rows[T]>,
  expected: number,
  report: Report,
): Promise<number> {
  const begin = performance.now();
  let count = 0;
  let reported = begin;
  const line = () => {
    const seconds = (performance.now() - begin) / 1_000;
    const share = expected > 0 ? ` (${Math.min(100, Math.round((count / expected) * 100))} %)` : '';
    return `${table}: ${count} rows${share}, ${Math.round(count / Math.max(seconds, 0.001))} rows/s`;
  };
  await copyRows(client, table, rows, () => {
    count += 1;
    if (count % 1_024 !== 0 || performance.now() - reported < REPORT_EVERY_MS) return;
    reported = performance.now();
    report(line());
  });
  report(line());
  return count;
}

async function timed(report: Report, what: string, work: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1_000;
  if (seconds >= 1) report(`${what}: ${seconds.toFixed(1)} s`);
}
