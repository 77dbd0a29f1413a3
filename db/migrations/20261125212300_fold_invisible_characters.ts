import { Migration } from '@mikro-orm/migrations';

/**
 * The characters that nobody sees (Unicode's Default_Ignorable_Code_Point: joiners, soft hyphens, marks of direction,
 * variation selectors, tags), and what is left of the place in a word: the final sigma.
 */
const INVISIBLE =
  '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFF8\\U0001D173-\\U0001D17A\\U000E0000-\\U000E0FFF]';

/**
 * A new fold for `search_text`. Generated columns keep what the fold before made of them, so that a migration that
 * changes the fold also writes anew the rows that it changes, and those alone: no table is rewritten or locked.
 */
export class Migration20261125212300_fold_invisible_characters extends Migration {
  override name = 'Migration20261125212300_fold_invisible_characters';

  override up(): void | Promise<void> {
    this.addSql(`
      create or replace function guichet_fold(value text) returns text
      language sql immutable strict parallel safe
      return translate(lower(unaccent('unaccent'::regdictionary,
        regexp_replace(normalize(value, NFKC), '${INVISIBLE}', '', 'g')) collate "und-x-icu"), 'ς', 'σ')
    `);
    this.foldAnew();
  }

  override down(): void | Promise<void> {
    this.addSql(`
      create or replace function guichet_fold(value text) returns text
      language sql immutable strict parallel safe
      return lower(unaccent('unaccent'::regdictionary, normalize(value, NFKC)) collate "und-x-icu")
    `);
    this.foldAnew();
  }

  private foldAnew(): void {
    this.addSql(
      "update app_user set name = name where search_text is distinct from guichet_fold(name || ' ' || coalesce(email, ''))",
    );
    this.addSql('update incident set title = title where search_text is distinct from guichet_fold(title)');
  }
}
