import { Migration } from '@mikro-orm/migrations';

export class Migration20261125211005_privacy_identity_check_and_mentions extends Migration {
  override name = 'Migration20261125211005_privacy_identity_check_and_mentions';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "privacy_request" add "identity_means" text null, add "identity_checked_on" date null, add "identity_note" text null, add "identity_checked_by_id" uuid null, add "identity_checked_at" timestamptz(3) null, add "mentions" jsonb null, add "failure" jsonb null;`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_identity_note_length" check (char_length(identity_note) between 1 and 1000);`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_identity_means_check" check ("identity_means" in ('document', 'known_channel', 'code', 'other'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "privacy_request" drop constraint "privacy_request_identity_note_length";`);
    this.addSql(`alter table "privacy_request" drop constraint "privacy_request_identity_means_check";`);
    this.addSql(
      `alter table "privacy_request" drop column "identity_means", drop column "identity_checked_on", drop column "identity_note", drop column "identity_checked_by_id", drop column "identity_checked_at", drop column "mentions", drop column "failure";`,
    );
  }
}
