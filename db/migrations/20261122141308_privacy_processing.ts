import { Migration } from '@mikro-orm/migrations';

export class Migration20261122141308_privacy_processing extends Migration {
  override name = 'Migration20261122141308_privacy_processing';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "privacy_archive" ("request_id" uuid not null, "size_bytes" bigint not null, "sha256" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "removed_at" timestamptz(3) null, primary key ("request_id"));`,
    );

    this.addSql(
      `create table "privacy_archive_chunk" ("archive_request_id" uuid not null, "ordinal" int not null, "bytes" bytea not null, primary key ("archive_request_id", "ordinal"));`,
    );

    // The bytes are compressed already.
    this.addSql(`alter table "privacy_archive_chunk" alter column "bytes" set storage external;`);

    this.addSql(`alter table "privacy_request" add "progress" jsonb null;`);

    this.addSql(
      `alter table "privacy_archive" add constraint "privacy_archive_request_id_foreign" foreign key ("request_id") references "privacy_request" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `alter table "privacy_archive_chunk" add constraint "privacy_archive_chunk_archive_request_id_foreign" foreign key ("archive_request_id") references "privacy_archive" ("request_id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "privacy_archive_chunk" drop constraint "privacy_archive_chunk_archive_request_id_foreign";`,
    );

    this.addSql(`drop table if exists "privacy_archive" cascade;`);
    this.addSql(`drop table if exists "privacy_archive_chunk" cascade;`);

    this.addSql(`alter table "privacy_request" drop column "progress";`);
  }
}
