import type { AuditDetails } from '../../server/audit/audit.rules.ts';
import type { LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import {
  isAutomaticPrivacyKind,
  PRIVACY_KINDS,
  type PrivacyKind,
  type PrivacyStatus,
} from '../../server/privacy/privacy.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';
import { buildAuditEvent, buildUser } from './factories.ts';
import { BRISK_COURSES, type Desk, livedIncident } from './incident-course.ts';
import type { IncidentHistory } from './incident-history.ts';
import { emailFor, personName } from './people.ts';
import { livedPrivacyRequest } from './privacy-course.ts';
import type { PrivacyHistory } from './privacy-history.ts';
import { Random } from './random.ts';
import type { AuditEventRow, SubscriptionRow, UserRow } from './rows.ts';
import { livedSubscription } from './subscriptions.ts';

const DAY = 86_400_000;
/** Sign-ups begin and end so many days before the end of the data, so that there is time for something to happen. */
const FIRST_SIGN_UP_DAYS = 1_100;
const LAST_SIGN_UP_DAYS = 2;
const INCIDENT_DAYS = 730;
const PRIVACY_DAYS = 365;

/** Each kind of row draws from a stream of its own, seeded by its index: any row can be made without the others. */
const STREAM = { customer: 1, person: 2, subscription: 3, incident: 4, privacy: 5, audit: 6, agent: 7 } as const;

/** What to make: `customers` of them from index `firstCustomer` on, and incidents from number `firstNumber` on. */
export type BulkPlan = {
  customers: number;
  firstCustomer: number;
  incidents: number;
  firstNumber: number;
  privacyRequests: number;
  auditEvents: number;
  desk: Desk & { calendar: LegalCalendar };
};

type Customer = { id: string; locale: Locale; createdAt: Date };

/** An agent of the desk; every eighth is of ops. */
export function agentAt(index: number, now: Date): UserRow {
  const random = new Random(STREAM.agent, index);
  const createdAt = new Date(now.getTime() - 1_500 * DAY + index * 60_000);
  const name = personName(random);
  return buildUser({
    id: random.id(createdAt),
    email: `agent-${index}@staff.example`,
    name,
    role: index % 8 === 1 ? 'ops' : 'support',
    locale: random.chance(0.5) ? 'fr' : 'en',
    created_at: createdAt,
  });
}

/** Makes rows in order, one at a time, and the same ones whenever it is asked. */
export class BulkRows {
  readonly #random = new Random(0);
  readonly #keys = new Random(0);
  readonly #plan: BulkPlan;
  readonly #begin: number;
  readonly #step: number;

  constructor(plan: BulkPlan) {
    this.#plan = plan;
    this.#begin = plan.desk.now.getTime() - FIRST_SIGN_UP_DAYS * DAY;
    this.#step = ((FIRST_SIGN_UP_DAYS - LAST_SIGN_UP_DAYS) * DAY) / plan.customers;
  }

  /** Customers sign up at an even pace, so that those of a time are found by arithmetic. */
  #customer(offset: number): Customer {
    const random = this.#keys.reseed(STREAM.customer, this.#plan.firstCustomer + offset);
    const createdAt = new Date(Math.floor(this.#begin + offset * this.#step));
    return { id: random.id(createdAt), locale: random.chance(0.42) ? 'fr' : 'en', createdAt };
  }

  /** Somebody who was a customer already at `at`. */
  #customerOf(random: Random, at: Date): Customer {
    const known = Math.floor((at.getTime() - this.#begin) / this.#step);
    return this.#customer(Math.floor(random.next() * Math.max(1, Math.min(known, this.#plan.customers))));
  }

  *users(): Generator<UserRow> {
    const { customers, firstCustomer, desk } = this.#plan;
    for (let offset = 0; offset < customers; offset++) {
      const { id, locale, createdAt } = this.#customer(offset);
      const random = this.#random.reseed(STREAM.person, firstCustomer + offset);
      const name = personName(random);
      yield buildUser({
        id,
        email: emailFor(name, `.${(firstCustomer + offset).toString(36)}`, random),
        name,
        locale,
        created_at: createdAt,
        last_sign_in_at: random.chance(0.7) ? random.instant(createdAt, desk.now) : null,
      });
    }
  }

  *subscriptions(): Generator<SubscriptionRow> {
    const { customers, firstCustomer, desk } = this.#plan;
    for (let offset = 0; offset < customers; offset++) {
      const random = this.#random.reseed(STREAM.subscription, firstCustomer + offset);
      if (random.chance(0.12)) continue;
      const { id, createdAt } = this.#customer(offset);
      yield livedSubscription(random, id, createdAt, desk.now);
    }
  }

  *incidents(): Generator<IncidentHistory> {
    const { incidents, firstNumber, desk } = this.#plan;
    for (let offset = 0; offset < incidents; offset++) {
      const random = this.#random.reseed(STREAM.incident, firstNumber + offset);
      const at = evenly(desk.now, INCIDENT_DAYS, offset, incidents);
      yield livedIncident(random, desk, at, this.#customerOf(random, at), BRISK_COURSES, firstNumber + offset);
    }
  }

  *privacyRequests(): Generator<PrivacyHistory> {
    const { customers, firstCustomer, privacyRequests, desk } = this.#plan;
    const stride = strideThrough(customers);
    for (let index = 0; index < privacyRequests; index++) {
      // Each walk over all customers gives them another kind than the walks before: nobody has two of a kind.
      const turn = ((index % customers) + Math.floor(index / customers)) % PRIVACY_KINDS.length;
      const kind = PRIVACY_KINDS[turn] ?? 'access';
      const offset = (index * stride) % customers;
      const random = this.#random.reseed(STREAM.privacy, (firstCustomer + offset) * PRIVACY_KINDS.length + turn);
      const customer = this.#customer(offset);
      const earliest = Math.max(customer.createdAt.getTime(), desk.now.getTime() - PRIVACY_DAYS * DAY);
      const receivedAt = random.instant(new Date(earliest), new Date(desk.now.getTime() - DAY));
      const { status, extended } = standing(random, kind, (desk.now.getTime() - receivedAt.getTime()) / DAY);
      yield livedPrivacyRequest(random, desk, receivedAt, customer, kind, status, extended);
    }
  }

  /** The history of incidents and privacy requests, always whole, then daily work up to the number that was asked for. */
  *auditEvents(): Generator<AuditEventRow> {
    const { auditEvents } = this.#plan;
    let written = 0;
    if (auditEvents === 0) return;
    for (const { events } of this.incidents()) {
      yield* events;
      written += events.length;
    }
    for (const { events } of this.privacyRequests()) {
      yield* events;
      written += events.length;
    }
    const work = auditEvents - written;
    for (let index = 0; index < work; index++) yield this.#workEvent(index, work);
  }

  #workEvent(index: number, total: number): AuditEventRow {
    const { desk, firstCustomer } = this.#plan;
    const random = this.#random.reseed(STREAM.audit, firstCustomer * 1_000 + index);
    const at = evenly(desk.now, INCIDENT_DAYS, index, total);
    const customer = this.#customerOf(random, at);
    const agent = random.pick(random.chance(0.9) ? desk.support : desk.ops);
    const act = random.weighted({ read: 55, search: 22, visit: 18, audit: 3, refused: 2 });
    const common = { id: random.id(at), request_id: random.id(at), created_at: at };
    const byAgent = { ...common, actor_id: agent.id, actor_role: agent.role };
    if (act === 'read') {
      const target = { target_type: 'user', target_id: customer.id, subject_user_id: customer.id } as const;
      return buildAuditEvent({ ...byAgent, ...target, action: 'support_dossier_read' });
    }
    if (act === 'search') return buildAuditEvent({ ...byAgent, action: 'support_user_search', target_type: 'user' });
    if (act === 'audit') {
      const allowed = agent.role === 'ops';
      const details: AuditDetails = allowed ? { filters: ['action'] } : { code: 'insufficient_role' };
      const status = allowed ? 'success' : 'denied';
      return buildAuditEvent({ ...byAgent, action: 'audit_search', target_type: 'audit', status, details });
    }
    if (act === 'refused')
      return buildAuditEvent({ ...common, status: 'denied', details: { code: 'invalid_credentials' } });
    const session = { target_id: random.id(at), subject_user_id: customer.id };
    return buildAuditEvent({ ...common, ...session, actor_id: customer.id, actor_role: 'user' });
  }
}

/** The instant of the `index`-th of `total` events spread over the last `days`. */
function evenly(now: Date, days: number, index: number, total: number): Date {
  return new Date(Math.floor(now.getTime() - days * DAY * (1 - index / total)));
}

/** A step without a common divisor with `size`: repeated, it visits every index once. */
function strideThrough(size: number): number {
  for (let stride = Math.floor(size * 0.618) + 1; ; stride++) if (divisor(stride, size) === 1) return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Where a request stands that was received `days` ago. */
function standing(random: Random, kind: PrivacyKind, days: number): { status: PrivacyStatus; extended: boolean } {
  const late = days > 31 && random.chance(0.985);
  const weights: Partial<Record<PrivacyStatus, number>> = late
    ? { completed: 70, denied: 18, canceled: 12 }
    : {
        requested: 40,
        identity_check: 20,
        approved: 8,
        processing: 6,
        failed: 4,
        completed: 14,
        denied: 5,
        canceled: 3,
      };
  // Whoever was erased would have to be erased in every table; those who ask for it are refused here.
  if (kind === 'erasure') Object.assign(weights, { completed: 0 });
  if (!isAutomaticPrivacyKind(kind)) Object.assign(weights, { failed: 0 });
  return { status: random.weighted(weights), extended: random.chance(days > 31 && days < 90 && !late ? 0.7 : 0.04) };
}
