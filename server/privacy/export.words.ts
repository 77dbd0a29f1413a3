import type { AuditAction, AuditActorRole, AuditStatus, AuditTargetType } from '../audit/audit.rules.ts';
import type { ErrorCode } from '../errors.rules.ts';
import type { Role } from '../identity/roles.rules.ts';
import type { IncidentCategory, IncidentPriority, IncidentStatus } from '../incidents/incidents.rules.ts';
import type { BillingInterval, SubscriptionPlan, SubscriptionStatus } from '../subscriptions/subscriptions.rules.ts';
import type { Locale } from '../users/users.schema.ts';
import type { ClockRule } from './deadline.rules.ts';
import { EXPORT_WORDS_EN } from './export.words.en.ts';
import { EXPORT_WORDS_FR } from './export.words.fr.ts';
import type { IdentityMeans, PrivacyFailure, PrivacyKind, PrivacyStatus } from './privacy.rules.ts';

/** The words of everything that has a fixed set of values. */
export type Enumerations = {
  person: Record<'self' | 'agent', string>;
  role: Record<Role, string>;
  plan: Record<SubscriptionPlan, string>;
  subscription_status: Record<SubscriptionStatus, string>;
  billing_interval: Record<BillingInterval, string>;
  incident_status: Record<IncidentStatus, string>;
  priority: Record<IncidentPriority, string>;
  category: Record<IncidentCategory, string>;
  clock_rule: Record<ClockRule, string>;
  identity_means: Record<IdentityMeans, string>;
  request_kind: Record<PrivacyKind, string>;
  request_status: Record<PrivacyStatus, string>;
  actor_role: Record<AuditActorRole, string>;
  action: Record<AuditAction, string>;
  target_type: Record<AuditTargetType, string>;
  outcome: Record<AuditStatus, string>;
  code: Record<ErrorCode, string>;
  failure: Record<PrivacyFailure, string>;
};

export type ExportWords = {
  title: string;
  intro: string;
  skip: string;
  contents: string;
  /** Above the name of the person. */
  person: string;
  made: string;
  request: string;
  /** Beside the name of a section's JSON file. */
  file: string;
  empty: string;
  yes: string;
  no: string;
  /** Of lists and objects in which nothing stands. */
  nothing: string;
  notes: { title: string; texts: readonly string[] };
  rights: { title: string; texts: readonly string[] };
  /** By table: its heading, and a sentence on what stands there. */
  sections: Record<string, { title: string; about: string }>;
  /** By column, or by `table.column` where a table says it in its own way. */
  columns: Record<string, string>;
  /** By key of an event's details or of a certificate; a key that is not here may be a column's name. */
  details: Record<string, string>;
  values: Enumerations;
};

/** The words of the page that an archive opens with. */
export const EXPORT_WORDS: Record<Locale, ExportWords> = { en: EXPORT_WORDS_EN, fr: EXPORT_WORDS_FR };
