import { Migration } from '@mikro-orm/migrations';

export class Migration20261122153826_incident_index_per_status extends Migration {
  override name = 'Migration20261122153826_incident_index_per_status';

  override up(): void | Promise<void> {
    this.addSql(`drop index "incident_status_created_at_id_index";`);
    this.addSql(`create index incident_open_created_at_index on incident (created_at, id) where status = 'open';`);
    this.addSql(
      `create index incident_in_progress_created_at_index on incident (created_at, id) where status = 'in_progress';`,
    );
    this.addSql(
      `create index incident_resolved_created_at_index on incident (created_at, id) where status = 'resolved';`,
    );
    this.addSql(`create index incident_closed_created_at_index on incident (created_at, id) where status = 'closed';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "incident_open_created_at_index";`);
    this.addSql(`drop index "incident_in_progress_created_at_index";`);
    this.addSql(`drop index "incident_resolved_created_at_index";`);
    this.addSql(`drop index "incident_closed_created_at_index";`);
    this.addSql(`create index "incident_status_created_at_id_index" on "incident" ("status", "created_at", "id");`);
  }
}
