import { Migration } from '@mikro-orm/migrations';

export class Migration20261122163149_privacy_on_behalf_reason extends Migration {
  override name = 'Migration20261122163149_privacy_on_behalf_reason';

  override up(): void | Promise<void> {
    this.addSql(`alter table "privacy_request" add "on_behalf_reason" text null;`);
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_on_behalf_reason_length" check (char_length(on_behalf_reason) between 1 and 2000);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "privacy_request" drop constraint "privacy_request_on_behalf_reason_length";`);
    this.addSql(`alter table "privacy_request" drop column "on_behalf_reason";`);
  }
}
