import { Migration } from '@mikro-orm/migrations';

export class Migration20261125202935_audit_actions_unchecked extends Migration {
  override name = 'Migration20261125202935_audit_actions_unchecked';

  override up(): void | Promise<void> {
    this.addSql(`alter table "audit_event" drop constraint "audit_event_action_check";`);
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "audit_event" add constraint "audit_event_action_check" check ("action" in ('auth_login', 'auth_logout', 'auth_refresh', 'support_user_search', 'support_dossier_read', 'support_incident_create', 'support_incident_update', 'support_incident_close', 'support_incident_reopen', 'privacy_request_create', 'privacy_request_verify_identity', 'privacy_request_approve', 'privacy_request_deny', 'privacy_request_extend', 'privacy_request_retry', 'privacy_request_process', 'privacy_request_complete', 'privacy_request_fail', 'privacy_request_cancel', 'privacy_archive_download', 'audit_search')) not valid;`,
    );
  }
}
