export const AUDIT_ACTIONS = [
  'auth_login',
  'auth_logout',
  'auth_refresh',
  'auth_password_change',
  'support_user_search',
  'support_dossier_read',
  'support_incident_read',
  'support_incident_create',
  'support_incident_update',
  'support_incident_close',
  'support_incident_reopen',
  'privacy_request_read',
  'privacy_request_create',
  'privacy_request_verify_identity',
  'privacy_request_approve',
  'privacy_request_deny',
  'privacy_request_extend',
  'privacy_request_retry',
  'privacy_request_process',
  'privacy_request_complete',
  'privacy_request_fail',
  'privacy_request_cancel',
  'privacy_archive_download',
  'audit_search',
  'access_denied',
  'staff_create',
  'staff_revoke',
] as const;
export const AUDIT_STATUSES = ['success', 'denied', 'failed'] as const;
export const AUDIT_TARGET_TYPES = ['user', 'incident', 'privacy_request', 'session', 'audit'] as const;
/** Who acted: a role, nobody yet (before sign-in), or the desk itself (background work). */
export const AUDIT_ACTOR_ROLES = ['user', 'support', 'ops', 'anonymous', 'system'] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export type AuditStatus = (typeof AUDIT_STATUSES)[number];
export type AuditTargetType = (typeof AUDIT_TARGET_TYPES)[number];
export type AuditActorRole = (typeof AUDIT_ACTOR_ROLES)[number];

/** What `details` may hold: names of fields and values that are not personal. */
export type AuditDetails = Record<string, string | number | boolean | null | string[]>;

/** How long a page that reads itself again is the same visit, in SQL: its first reading stands for all of it. */
export const VISIT_SQL = "interval '1 hour'";

/** The readings of a customer's data, told by their names: dossiers fold them, histories leave them out. */
export const READING_SQL = "e.action like '%\\_read' and e.status = 'success'";

/** What repeats without an act in between, and stands in a dossier as one entry: readings, and sign-ins refused. */
export const REPEATED_SQL = `((${READING_SQL}) or (e.action = 'auth_login' and e.status = 'denied'))`;

export function isReading({ action, status }: { action: AuditAction; status: AuditStatus }): boolean {
  return action.endsWith('_read') && status === 'success';
}
