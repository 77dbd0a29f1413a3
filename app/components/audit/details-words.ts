import type { TFunction } from 'i18next';
import type { AuditTargetType } from '../../../server/audit/audit.rules.ts';
import { ERRORS, type ErrorCode } from '../../../server/errors.rules.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  INCIDENT_STATUSES,
} from '../../../server/incidents/incidents.rules.ts';
import { PRIVACY_KINDS, PRIVACY_STATUSES } from '../../../server/privacy/privacy.rules.ts';

type About = { target_type: AuditTargetType; details: Record<string, unknown> };

export type DetailFact = { key: string; label: string; value: string };

const includes = <T extends string>(values: readonly T[], value: unknown): value is T =>
  (values as readonly unknown[]).includes(value);

/** What an audit event tells beyond its columns, as names and values in the language of `t`. Unknown ones stay raw. */
export function detailFacts({ target_type, details }: About, t: TFunction): DetailFact[] {
  return Object.entries(details).map(([key, value]) => ({
    key,
    label: labelOf(key, t),
    value: Array.isArray(value)
      ? value.map((one) => fieldWord(String(one), target_type, t)).join(', ') || '—'
      : valueWord(key, value, target_type, t),
  }));
}

/** The step that an event made (`Open → Resolved`); null for one that made none. */
export function stepWords({ target_type, details }: About, t: TFunction): string | null {
  if (typeof details.from !== 'string' || typeof details.to !== 'string') return null;
  const word = (status: string) => valueWord('status', status, target_type, t);
  return `${word(details.from)} → ${word(details.to)}`;
}

const LABELS = [
  'from',
  'to',
  'code',
  'fields',
  'filters',
  'kind',
  'priority',
  'category',
  'status',
  'assignee_id',
  'certificate',
  'refused',
  'asked',
  'role',
  'replaced',
  'reauthentication',
  'ended',
] as const;

function labelOf(key: string, t: TFunction): string {
  return includes(LABELS, key) ? t(`audit.detail.${key}`) : key;
}

function valueWord(key: string, value: unknown, target: AuditTargetType, t: TFunction): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (key === 'status' || key === 'from' || key === 'to') return statusWord(value, target, t);
  if (key === 'kind' && includes(PRIVACY_KINDS, value)) return t(`privacy.kind.${value}`);
  if (key === 'priority' && includes(INCIDENT_PRIORITIES, value)) return t(`incidents.priority.${value}`);
  if (key === 'category' && includes(INCIDENT_CATEGORIES, value)) return t(`incidents.category.${value}`);
  if (key === 'code' && includes(Object.keys(ERRORS) as ErrorCode[], value)) return `${value}: ${t(`errors.${value}`)}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function statusWord(value: unknown, target: AuditTargetType, t: TFunction): string {
  if (target === 'incident' && includes(INCIDENT_STATUSES, value)) return t(`incidents.status.${value}`);
  if (target === 'privacy_request' && includes(PRIVACY_STATUSES, value)) return t(`privacy.status.${value}`);
  return String(value);
}

const INCIDENT_FIELDS = ['title', 'description', 'status', 'priority', 'category', 'assignee_id'] as const;
const PRIVACY_FIELDS = ['due_at', 'status', 'reason', 'details'] as const;
const AUDIT_FIELDS = ['request_id', 'actor_id', 'action', 'target_type', 'target_id', 'status', 'from', 'to'] as const;

function fieldWord(field: string, target: AuditTargetType, t: TFunction): string {
  if (target === 'incident' && includes(INCIDENT_FIELDS, field)) return t(`incidents.fields.${field}`);
  if (target === 'privacy_request' && includes(PRIVACY_FIELDS, field)) return t(`privacy.fields.${field}`);
  if (target === 'audit' && includes(AUDIT_FIELDS, field)) return t(`audit.fields.${field}`);
  return field;
}
