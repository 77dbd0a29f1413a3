import { Migration } from '@mikro-orm/migrations';

/** Audit events are written once: PostgreSQL itself refuses to change or remove them. */
export class AuditAppendOnly extends Migration {
  override up(): void {
    this.addSql(`
      create function guichet_refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception 'audit_event is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
      end
      $$
    `);
    this.addSql(`
      create trigger audit_event_append_only before update or delete on audit_event
      for each row execute function guichet_refuse_audit_change()
    `);
    this.addSql(`
      create trigger audit_event_no_truncate before truncate on audit_event
      for each statement execute function guichet_refuse_audit_change()
    `);
  }

  override down(): void {
    this.addSql('drop function guichet_refuse_audit_change() cascade');
  }
}
