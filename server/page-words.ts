import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from './errors.rules.ts';
import { LOCALES, type Locale } from './users/users.schema.ts';

type PageWords = { errors: Record<ErrorCode, string> };

const I18N = join(import.meta.dirname, '..', 'app', 'i18n');
const read = (locale: Locale) => JSON.parse(readFileSync(join(I18N, `${locale}.json`), 'utf8')) as PageWords;
const words = Object.fromEntries(LOCALES.map((locale) => [locale, read(locale).errors])) as Record<
  Locale,
  PageWords['errors']
>;

/** What the pages say of an error, for where none of them can be built. */
export function errorWords(locale: Locale, code: ErrorCode): string {
  return words[locale][code];
}
