import { v7 as uuidv7 } from 'uuid';
import { extendedDeadline, firstDeadline, type LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import type { AuditEventRow, IncidentRow, PrivacyRequestRow, SubscriptionRow, UserRow } from './rows.ts';

/** A customer in English without a password. The id's time is `created_at`; the e-mail is unique. */
export function buildUser(overrides: Partial<UserRow> = {}): UserRow {
  const createdAt = overrides.created_at ?? new Date();
  const id = overrides.id ?? uuidv7({ msecs: createdAt.getTime() });
  return {
    email: `customer-${id.slice(-12)}@customers.example`,
    name: 'Zoé Kowalczyk',
    role: 'user',
    locale: 'en',
    password_hash: null,
    updated_at: createdAt,
    last_sign_in_at: null,
    erased_at: null,
    ...overrides,
    id,
    created_at: createdAt,
  };
}

/** An active monthly subscription. */
export function buildSubscription(overrides: Partial<SubscriptionRow> & { user_id: string }): SubscriptionRow {
  const createdAt = overrides.created_at ?? new Date();
  return {
    plan: 'team',
    status: 'active',
    price_cents: 2_900,
    currency: 'EUR',
    billing_interval: 'month',
    started_at: createdAt,
    current_period_end: null,
    trial_ends_at: null,
    canceled_at: null,
    created_at: createdAt,
    updated_at: createdAt,
    ...overrides,
    id: overrides.id ?? uuidv7({ msecs: createdAt.getTime() }),
  };
}

/** An open, unassigned incident. A resolved or closed one gets its time unless told. */
export function buildIncident(overrides: Partial<IncidentRow> & { user_id: string }): IncidentRow {
  const createdAt = overrides.created_at ?? new Date();
  const status = overrides.status ?? 'open';
  return {
    category: 'account',
    title: 'Cannot sign in since the password change',
    description: 'The new password is refused on the phone, although it works in the browser.',
    status,
    priority: 'medium',
    assignee_id: null,
    version: 1,
    created_by_id: null,
    created_at: createdAt,
    updated_at: createdAt,
    resolved_at: status === 'resolved' ? createdAt : null,
    closed_at: status === 'closed' ? createdAt : null,
    ...overrides,
    id: overrides.id ?? uuidv7({ msecs: createdAt.getTime() }),
  };
}

/** An access request as received; its deadlines follow from `received_at` and `extended_at` (GDPR Art. 12(3)). */
export function buildPrivacyRequest(
  calendar: LegalCalendar,
  overrides: Partial<PrivacyRequestRow> & { user_id: string },
): PrivacyRequestRow {
  const receivedAt = overrides.received_at ?? overrides.created_at ?? new Date();
  const extended = overrides.extended_at != null;
  return {
    kind: 'access',
    status: 'requested',
    details: null,
    reason: overrides.status === 'denied' ? 'The identity could not be verified.' : null,
    requested_by_id: overrides.user_id,
    on_behalf_reason: null,
    identity_means: null,
    identity_checked_on: null,
    identity_note: null,
    identity_checked_by_id: null,
    identity_checked_at: null,
    received_at: receivedAt,
    first_due_at: firstDeadline(receivedAt, calendar),
    due_at: extended ? extendedDeadline(receivedAt, calendar) : firstDeadline(receivedAt, calendar),
    clock_rule: 'calendar_days',
    extended_at: null,
    extension_reason: extended ? 'The data is spread over several archives.' : null,
    decided_at: null,
    completed_at: null,
    certificate: null,
    version: 1,
    created_at: receivedAt,
    updated_at: receivedAt,
    ...overrides,
    id: overrides.id ?? uuidv7({ msecs: receivedAt.getTime() }),
  };
}

/** A success of nobody's: an anonymous sign-in, unless told otherwise. */
export function buildAuditEvent(overrides: Partial<AuditEventRow> = {}): AuditEventRow {
  const createdAt = overrides.created_at ?? new Date();
  return {
    actor_id: null,
    actor_role: 'anonymous',
    action: 'auth_login',
    target_type: 'session',
    target_id: null,
    subject_user_id: null,
    status: 'success',
    details: {},
    created_at: createdAt,
    ...overrides,
    id: overrides.id ?? uuidv7({ msecs: createdAt.getTime() }),
    request_id: overrides.request_id ?? uuidv7({ msecs: createdAt.getTime() }),
  };
}
