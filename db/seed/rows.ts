import type { Client } from 'pg';
import type {
  AuditAction,
  AuditActorRole,
  AuditDetails,
  AuditStatus,
  AuditTargetType,
} from '../../server/audit/audit.rules.ts';
import type { Role } from '../../server/identity/roles.rules.ts';
import type { IncidentCategory, IncidentPriority, IncidentStatus } from '../../server/incidents/incidents.rules.ts';
import type { ClockRule } from '../../server/privacy/deadline.rules.ts';
import type { IdentityMeans, PrivacyKind, PrivacyStatus } from '../../server/privacy/privacy.rules.ts';
import type {
  BillingInterval,
  SubscriptionPlan,
  SubscriptionStatus,
} from '../../server/subscriptions/subscriptions.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';

export type UserRow = {
  id: string;
  email: string | null;
  name: string;
  role: Role;
  locale: Locale;
  password_hash: string | null;
  created_at: Date;
  updated_at: Date;
  last_sign_in_at: Date | null;
  erased_at: Date | null;
};

export type SubscriptionRow = {
  id: string;
  user_id: string;
  plan: SubscriptionPlan;
  status: SubscriptionStatus;
  price_cents: number;
  currency: string;
  billing_interval: BillingInterval;
  started_at: Date;
  current_period_end: Date | null;
  trial_ends_at: Date | null;
  canceled_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

/** Without `number`, PostgreSQL gives the next one. */
export type IncidentRow = {
  id: string;
  number?: number;
  user_id: string;
  category: IncidentCategory;
  title: string;
  description: string;
  status: IncidentStatus;
  priority: IncidentPriority;
  assignee_id: string | null;
  version: number;
  created_by_id: string | null;
  created_at: Date;
  updated_at: Date;
  resolved_at: Date | null;
  closed_at: Date | null;
};

export type PrivacyRequestRow = {
  id: string;
  user_id: string;
  kind: PrivacyKind;
  status: PrivacyStatus;
  details: string | null;
  reason: string | null;
  requested_by_id: string | null;
  on_behalf_reason: string | null;
  identity_means: IdentityMeans | null;
  identity_checked_on: string | null;
  identity_note: string | null;
  identity_checked_by_id: string | null;
  identity_checked_at: Date | null;
  received_at: Date;
  first_due_at: Date;
  due_at: Date;
  clock_rule: ClockRule;
  extended_at: Date | null;
  extension_reason: string | null;
  decided_at: Date | null;
  completed_at: Date | null;
  certificate: Record<string, unknown> | null;
  version: number;
  created_at: Date;
  updated_at: Date;
};

export type AuditEventRow = {
  id: string;
  request_id: string;
  actor_id: string | null;
  actor_role: AuditActorRole;
  action: AuditAction;
  target_type: AuditTargetType;
  target_id: string | null;
  subject_user_id: string | null;
  status: AuditStatus;
  details: AuditDetails;
  created_at: Date;
};

export type Rows = {
  app_user: UserRow;
  subscription: SubscriptionRow;
  incident: IncidentRow;
  privacy_request: PrivacyRequestRow;
  audit_event: AuditEventRow;
};

/** Adds rows to a table in one statement. All of them carry the same columns. */
export async function insertRows<T extends keyof Rows>(
  client: Pick<Client, 'query'>,
  table: T,
  rows: readonly Rows[T][],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
