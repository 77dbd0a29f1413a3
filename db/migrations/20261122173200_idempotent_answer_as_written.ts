import { Migration } from '@mikro-orm/migrations';

/** Written by hand: MikroORM takes json and jsonb for the same. */
export class Migration20261122173200_idempotent_answer_as_written extends Migration {
  override name = 'Migration20261122173200_idempotent_answer_as_written';

  override up(): void {
    this.addSql('alter table "idempotency_key" alter column "body" type json using "body"::json;');
  }

  override down(): void {
    this.addSql('alter table "idempotency_key" alter column "body" type jsonb using "body"::jsonb;');
  }
}
