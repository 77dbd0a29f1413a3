import type { AuditAction, AuditDetails, AuditStatus, AuditTargetType } from '../../server/audit/audit.rules.ts';
import type { DemoDesk } from './demo-desk.ts';
import { buildAuditEvent } from './factories.ts';
import type { AuditEventRow, UserRow } from './rows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SPAN_DAYS = 90;

type Told = { targetId?: string | null; subject?: string | null; status?: AuditStatus; details?: AuditDetails };

/** What people did besides: they signed in, searched, read dossiers, and were sometimes refused. */
export function addDailyWork(desk: DemoDesk): void {
  const history = [...desk.events];
  for (const event of history) if (event.action === 'support_incident_create') addReadingBefore(desk, event);
  for (const agent of [...desk.support, ...desk.ops]) addShifts(desk, agent);
  for (const customer of desk.customers) addVisit(desk, customer);
  addRefusals(desk);
  desk.events.sort((a, b) => a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1));
}

/** The customer whose sign-in pages show a recent visit. */
export function addDemoCustomerVisits(desk: DemoDesk, customer: UserRow): void {
  for (const days of [138.02, 64.1, 33.05, 9.03, 6.02, 0.2]) signIn(desk, customer, desk.ago(days * DAY));
}

function note(
  desk: DemoDesk,
  at: Date,
  actor: Pick<UserRow, 'id' | 'role'> | null,
  action: AuditAction,
  targetType: AuditTargetType,
  told: Told = {},
): AuditEventRow {
  const event = buildAuditEvent({
    id: desk.random.id(at),
    request_id: desk.random.id(at),
    actor_id: actor?.id ?? null,
    actor_role: actor?.role ?? 'anonymous',
    action,
    target_type: targetType,
    target_id: told.targetId ?? null,
    subject_user_id: told.subject ?? null,
    status: told.status ?? 'success',
    details: told.details ?? {},
    created_at: at,
  });
  desk.events.push(event);
  return event;
}

/** The id of the session that it opens. */
function signIn(desk: DemoDesk, person: UserRow, at: Date): string {
  const session = desk.random.id(at);
  note(desk, at, person, 'auth_login', 'session', { targetId: session, subject: person.id });
  if (!person.last_sign_in_at || person.last_sign_in_at < at) person.last_sign_in_at = at;
  return session;
}

/** Whoever opens an incident has read the dossier minutes before, and mostly found it by a search. */
function addReadingBefore(desk: DemoDesk, { actor_id, actor_role, subject_user_id, created_at }: AuditEventRow): void {
  if (!actor_id || (actor_role !== 'support' && actor_role !== 'ops')) return;
  const agent = { id: actor_id, role: actor_role };
  const readAt = new Date(created_at.getTime() - desk.random.int(40_000, 6 * MINUTE));
  note(desk, readAt, agent, 'support_dossier_read', 'user', { targetId: subject_user_id, subject: subject_user_id });
  if (desk.random.chance(0.6)) {
    const searchedAt = new Date(readAt.getTime() - desk.random.int(3_000, 40_000));
    note(desk, searchedAt, agent, 'support_user_search', 'user');
  }
}

/** An agent's working days: sign in, search and read some, sign out. */
function addShifts(desk: DemoDesk, agent: UserRow): void {
  const { random } = desk;
  for (let day = SPAN_DAYS; day >= 0; day--) {
    const begin = new Date(desk.ago(day * DAY).setUTCHours(random.int(6, 9), random.int(0, 59), random.int(0, 59)));
    const weekend = begin.getUTCDay() === 0 || begin.getUTCDay() === 6;
    if (begin >= desk.now || random.chance(weekend ? 0.85 : 0.1)) continue;
    const session = signIn(desk, agent, begin);
    const until = new Date(Math.min(begin.getTime() + 8 * HOUR, desk.now.getTime()));
    for (let reads = random.int(0, 4); reads > 0; reads--) readSomething(desk, agent, random.instant(begin, until));
    if (day > 0 && random.chance(0.5)) {
      const leavesAt = new Date(begin.getTime() + 8 * HOUR + random.int(1, 40) * MINUTE);
      const told = { targetId: session, subject: agent.id };
      if (leavesAt < desk.now) note(desk, leavesAt, agent, 'auth_logout', 'session', told);
    }
  }
}

function readSomething(desk: DemoDesk, agent: UserRow, at: Date): void {
  if (agent.role === 'ops' && desk.random.chance(0.4)) {
    const filters = desk.random.pick([['action'], ['request_id'], ['actor_id', 'from', 'to'], ['status']]);
    note(desk, at, agent, 'audit_search', 'audit', { details: { filters } });
    return;
  }
  const customer = desk.random.pick(desk.customers);
  if (customer.created_at >= at) return;
  note(desk, at, agent, 'support_dossier_read', 'user', { targetId: customer.id, subject: customer.id });
}

function addVisit(desk: DemoDesk, customer: UserRow): void {
  if (desk.random.chance(0.5)) return;
  const at = desk.random.instant(desk.ago(SPAN_DAYS * DAY), desk.now);
  if (at > customer.created_at) signIn(desk, customer, at);
}

/** Attempts that came to nothing: wrong passwords, rights that were lacking, writes on a stale version. */
function addRefusals(desk: DemoDesk): void {
  const { random } = desk;
  const at = () => random.instant(desk.ago(SPAN_DAYS * DAY), desk.now);
  for (let index = 0; index < 36; index++) {
    note(desk, at(), null, 'auth_login', 'session', { status: 'denied', details: { code: 'invalid_credentials' } });
  }
  for (let index = 0; index < 14; index++) {
    const details = { code: 'insufficient_role' };
    note(desk, at(), random.pick(desk.support), 'audit_search', 'audit', { status: 'denied', details });
  }
  for (let index = 0; index < 24; index++) {
    const incident = random.pick(desk.incidents);
    const code = random.pick(['incident_version_conflict', 'incident_invalid_transition']);
    note(
      desk,
      random.instant(incident.created_at, desk.now),
      random.pick(desk.support),
      'support_incident_update',
      'incident',
      {
        targetId: incident.id,
        subject: incident.user_id,
        status: 'failed',
        details: { code },
      },
    );
  }
}
