import { Migration } from '@mikro-orm/migrations';

export class Migration20261125211854_session_use_and_reauthentication extends Migration {
  override name = 'Migration20261125211854_session_use_and_reauthentication';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "session" add "last_used_at" timestamptz(3) null, add "authenticated_at" timestamptz(3) null;`,
    );

    this.addSql(`alter table "refresh_token" add "signed_in_at" timestamptz(3) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "refresh_token" drop column "signed_in_at";`);

    this.addSql(`alter table "session" drop column "last_used_at", drop column "authenticated_at";`);
  }
}
