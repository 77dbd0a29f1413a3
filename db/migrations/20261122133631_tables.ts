import { Migration } from '@mikro-orm/migrations';

export class Migration20261122133631_tables extends Migration {
  override name = 'Migration20261122133631_tables';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "audit_event" ("id" uuid not null, "request_id" text not null, "actor_id" uuid null, "actor_role" text not null, "action" text not null, "target_type" text not null, "target_id" text null, "subject_user_id" uuid null, "status" text not null, "details" jsonb not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "audit_event_created_at_id_index" on "audit_event" ("created_at", "id");`);
    this.addSql(
      `create index "audit_event_request_id_created_at_id_index" on "audit_event" ("request_id", "created_at", "id");`,
    );
    this.addSql(
      `create index "audit_event_actor_id_created_at_id_index" on "audit_event" ("actor_id", "created_at", "id");`,
    );
    this.addSql(
      `create index "audit_event_action_created_at_id_index" on "audit_event" ("action", "created_at", "id");`,
    );
    this.addSql(
      `create index "audit_event_target_type_created_at_id_index" on "audit_event" ("target_type", "created_at", "id");`,
    );
    this.addSql(
      `create index "audit_event_target_id_created_at_id_index" on "audit_event" ("target_id", "created_at", "id");`,
    );
    this.addSql(
      `create index "audit_event_subject_user_id_created_at_id_index" on "audit_event" ("subject_user_id", "created_at", "id");`,
    );
    this.addSql(
      `create index audit_event_not_success_index on audit_event (status, created_at, id) where status <> 'success';`,
    );

    this.addSql(
      `create table "idempotency_key" ("actor_id" uuid not null, "key" text not null, "fingerprint" text not null, "subject_user_id" uuid null, "status" int not null, "body" jsonb not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("actor_id", "key"));`,
    );
    this.addSql(`create index "idempotency_key_expires_at_index" on "idempotency_key" ("expires_at");`);
    this.addSql(`create index "idempotency_key_subject_user_id_index" on "idempotency_key" ("subject_user_id");`);

    this.addSql(
      `create table "app_user" ("id" uuid not null, "email" text null, "name" text not null, "role" text not null, "locale" text not null default 'en', "password_hash" text null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "last_sign_in_at" timestamptz(3) null, "erased_at" timestamptz(3) null, "search_text" text generated always as (guichet_fold(name || ' ' || coalesce(email, ''))) stored not null, primary key ("id"));`,
    );
    this.addSql(`alter table "app_user" add constraint "app_user_email_unique" unique ("email");`);
    this.addSql(`create index "app_user_created_at_id_index" on "app_user" ("created_at", "id");`);
    this.addSql(`create index app_user_agents_index on app_user (name, id) where role <> 'user';`);
    this.addSql(`create index app_user_search_index on app_user using gin (search_text gin_trgm_ops);`);

    this.addSql(
      `create table "subscription" ("id" uuid not null, "user_id" uuid not null, "plan" text not null, "status" text not null, "price_cents" int not null, "currency" char(3) not null, "billing_interval" text not null, "started_at" timestamptz(3) not null, "current_period_end" timestamptz(3) null, "trial_ends_at" timestamptz(3) null, "canceled_at" timestamptz(3) null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "subscription" add constraint "subscription_user_id_unique" unique ("user_id");`);

    this.addSql(
      `create table "session" ("id" uuid not null, "token_hash" text not null, "user_id" uuid not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "revoked_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "session" add constraint "session_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "session_expires_at_index" on "session" ("expires_at");`);
    this.addSql(`create index "session_user_id_index" on "session" ("user_id");`);

    this.addSql(
      `create table "refresh_token" ("id" uuid not null, "family_id" uuid not null, "token_hash" text not null, "user_id" uuid not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "refresh_token" add constraint "refresh_token_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "refresh_token_family_id_index" on "refresh_token" ("family_id");`);
    this.addSql(`create index "refresh_token_expires_at_index" on "refresh_token" ("expires_at");`);
    this.addSql(`create index "refresh_token_user_id_index" on "refresh_token" ("user_id");`);

    this.addSql(
      `create table "privacy_request" ("id" uuid not null, "user_id" uuid not null, "kind" text not null, "status" text not null, "details" text null, "reason" text null, "requested_by_id" uuid null, "received_at" timestamptz(3) not null, "first_due_at" timestamptz(3) not null, "due_at" timestamptz(3) not null, "extended_at" timestamptz(3) null, "extension_reason" text null, "decided_at" timestamptz(3) null, "completed_at" timestamptz(3) null, "certificate" jsonb null, "version" int not null default 1, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "privacy_request_due_at_id_index" on "privacy_request" ("due_at", "id");`);
    this.addSql(
      `create index "privacy_request_status_due_at_id_index" on "privacy_request" ("status", "due_at", "id");`,
    );
    this.addSql(`create index "privacy_request_kind_due_at_id_index" on "privacy_request" ("kind", "due_at", "id");`);
    this.addSql(
      `create index "privacy_request_user_id_created_at_id_index" on "privacy_request" ("user_id", "created_at", "id");`,
    );
    this.addSql(
      `create unique index privacy_request_one_open_index on privacy_request (user_id, kind) where status in ('requested', 'identity_check', 'approved', 'processing', 'failed');`,
    );
    this.addSql(
      `create index privacy_request_open_due_index on privacy_request (due_at, id, kind) where status in ('requested', 'identity_check', 'approved', 'processing', 'failed');`,
    );

    this.addSql(
      `create table "incident" ("id" uuid not null, "number" bigint generated by default as identity not null, "user_id" uuid not null, "category" text not null, "title" text not null, "description" text not null, "status" text not null, "priority" text not null, "assignee_id" uuid null, "version" int not null default 1, "created_by_id" uuid null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "resolved_at" timestamptz(3) null, "closed_at" timestamptz(3) null, "search_text" text generated always as (guichet_fold(title)) stored not null, primary key ("id"));`,
    );
    this.addSql(`alter table "incident" add constraint "incident_number_unique" unique ("number");`);
    this.addSql(`create index "incident_created_at_id_index" on "incident" ("created_at", "id");`);
    this.addSql(`create index "incident_status_created_at_id_index" on "incident" ("status", "created_at", "id");`);
    this.addSql(`create index "incident_priority_created_at_id_index" on "incident" ("priority", "created_at", "id");`);
    this.addSql(`create index "incident_category_created_at_id_index" on "incident" ("category", "created_at", "id");`);
    this.addSql(
      `create index "incident_assignee_id_created_at_id_index" on "incident" ("assignee_id", "created_at", "id");`,
    );
    this.addSql(`create index "incident_user_id_created_at_id_index" on "incident" ("user_id", "created_at", "id");`);
    this.addSql(`create index incident_search_index on incident using gin (search_text gin_trgm_ops);`);
    this.addSql(`create index incident_open_index on incident (priority) where status = 'open';`);

    this.addSql(
      `alter table "audit_event" add constraint "audit_event_actor_role_check" check ("actor_role" in ('user', 'support', 'ops', 'anonymous', 'system'));`,
    );
    this.addSql(
      `alter table "audit_event" add constraint "audit_event_action_check" check ("action" in ('auth_login', 'auth_logout', 'auth_refresh', 'support_user_search', 'support_dossier_read', 'support_incident_create', 'support_incident_update', 'support_incident_close', 'support_incident_reopen', 'privacy_request_create', 'privacy_request_verify_identity', 'privacy_request_approve', 'privacy_request_deny', 'privacy_request_extend', 'privacy_request_retry', 'privacy_request_process', 'privacy_request_complete', 'privacy_request_fail', 'privacy_request_cancel', 'privacy_archive_download', 'audit_search'));`,
    );
    this.addSql(
      `alter table "audit_event" add constraint "audit_event_target_type_check" check ("target_type" in ('user', 'incident', 'privacy_request', 'session', 'audit'));`,
    );
    this.addSql(
      `alter table "audit_event" add constraint "audit_event_status_check" check ("status" in ('success', 'denied', 'failed'));`,
    );

    this.addSql(
      `alter table "app_user" add constraint "app_user_role_check" check ("role" in ('user', 'support', 'ops'));`,
    );
    this.addSql(`alter table "app_user" add constraint "app_user_locale_check" check ("locale" in ('en', 'fr'));`);

    this.addSql(
      `alter table "subscription" add constraint "subscription_user_id_foreign" foreign key ("user_id") references "app_user" ("id");`,
    );
    this.addSql(`alter table "subscription" add constraint "subscription_price_cents_check" check (price_cents >= 0);`);
    this.addSql(
      `alter table "subscription" add constraint "subscription_plan_check" check ("plan" in ('free', 'starter', 'team', 'business'));`,
    );
    this.addSql(
      `alter table "subscription" add constraint "subscription_status_check" check ("status" in ('trialing', 'active', 'past_due', 'paused', 'canceled', 'expired'));`,
    );
    this.addSql(
      `alter table "subscription" add constraint "subscription_billing_interval_check" check ("billing_interval" in ('month', 'year'));`,
    );

    this.addSql(
      `alter table "session" add constraint "session_user_id_foreign" foreign key ("user_id") references "app_user" ("id");`,
    );

    this.addSql(
      `alter table "refresh_token" add constraint "refresh_token_user_id_foreign" foreign key ("user_id") references "app_user" ("id");`,
    );

    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_user_id_foreign" foreign key ("user_id") references "app_user" ("id");`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_requested_by_id_foreign" foreign key ("requested_by_id") references "app_user" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_details_length" check (char_length(details) between 1 and 2000);`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_reason_length" check (char_length(reason) between 1 and 2000);`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_extension_reason_length" check (char_length(extension_reason) between 1 and 2000);`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_extended_with_reason" check ((extended_at is null) = (first_due_at = due_at));`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_kind_check" check ("kind" in ('access', 'erasure', 'rectification'));`,
    );
    this.addSql(
      `alter table "privacy_request" add constraint "privacy_request_status_check" check ("status" in ('requested', 'identity_check', 'approved', 'processing', 'completed', 'failed', 'denied', 'canceled'));`,
    );

    this.addSql(
      `alter table "incident" add constraint "incident_user_id_foreign" foreign key ("user_id") references "app_user" ("id");`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_assignee_id_foreign" foreign key ("assignee_id") references "app_user" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_created_by_id_foreign" foreign key ("created_by_id") references "app_user" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_title_length" check (char_length(title) between 1 and 200);`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_description_length" check (char_length(description) between 1 and 10000);`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_closed_at_set" check ((status = 'closed') = (closed_at is not null));`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_resolved_at_set" check (case status when 'resolved' then resolved_at is not null when 'closed' then true else resolved_at is null end);`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_category_check" check ("category" in ('account', 'subscription', 'content'));`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_status_check" check ("status" in ('open', 'in_progress', 'resolved', 'closed'));`,
    );
    this.addSql(
      `alter table "incident" add constraint "incident_priority_check" check ("priority" in ('low', 'medium', 'high'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "subscription" drop constraint "subscription_user_id_foreign";`);
    this.addSql(`alter table "session" drop constraint "session_user_id_foreign";`);
    this.addSql(`alter table "refresh_token" drop constraint "refresh_token_user_id_foreign";`);
    this.addSql(`alter table "privacy_request" drop constraint "privacy_request_user_id_foreign";`);
    this.addSql(`alter table "privacy_request" drop constraint "privacy_request_requested_by_id_foreign";`);
    this.addSql(`alter table "incident" drop constraint "incident_user_id_foreign";`);
    this.addSql(`alter table "incident" drop constraint "incident_assignee_id_foreign";`);
    this.addSql(`alter table "incident" drop constraint "incident_created_by_id_foreign";`);

    this.addSql(`drop table if exists "audit_event" cascade;`);
    this.addSql(`drop table if exists "idempotency_key" cascade;`);
    this.addSql(`drop table if exists "app_user" cascade;`);
    this.addSql(`drop table if exists "subscription" cascade;`);
    this.addSql(`drop table if exists "session" cascade;`);
    this.addSql(`drop table if exists "refresh_token" cascade;`);
    this.addSql(`drop table if exists "privacy_request" cascade;`);
    this.addSql(`drop table if exists "incident" cascade;`);
  }
}
