import { Migration } from '@mikro-orm/migrations';

export class Migration20261122175101_archive_index_of_those_kept extends Migration {
  override name = 'Migration20261122175101_archive_index_of_those_kept';

  override up(): void | Promise<void> {
    this.addSql(
      `create index privacy_archive_kept_index on privacy_archive (expires_at, request_id) where removed_at is null;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "privacy_archive_kept_index";`);
  }
}
