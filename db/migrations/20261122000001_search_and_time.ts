import { Migration } from '@mikro-orm/migrations';

/** What tables and queries below build on: text folded for search, times as the wire shows them. */
export class SearchAndTime extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm');
    this.addSql('create extension if not exists unaccent');
    // unaccent() is only STABLE because its dictionary could be swapped; naming the dictionary makes it safe to index.
    this.addSql(`
      create function guichet_fold(value text) returns text
      language sql immutable strict parallel safe
      return lower(unaccent('unaccent'::regdictionary, normalize(value, NFKC)) collate "und-x-icu")
    `);
    // to_char() is only STABLE because of locale-bound patterns; this one has none.
    this.addSql(`
      create function guichet_iso(value timestamptz) returns text
      language sql immutable strict parallel safe
      return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    `);
  }

  override down(): void {
    this.addSql('drop function guichet_iso(timestamptz)');
    this.addSql('drop function guichet_fold(text)');
  }
}
