import { Migration } from '@mikro-orm/migrations';

export class Migration20261126015856_keep_the_rule_of_a_deadline extends Migration {
  override name = 'Migration20261126015856_keep_the_rule_of_a_deadline';

  override up(): void | Promise<void> {
    this.addSql(`alter table "privacy_request" add "clock_rule" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "privacy_request" drop column "clock_rule";`);
  }
}
