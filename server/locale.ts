import { parseAccept } from 'hono/utils/accept';
import { LOCALES, type Locale } from './users/users.schema.ts';

/** The value of a cookie of one lower-case word, as the choices of language and colours are. */
export function wordInCookie(cookies: string, name: string): string | undefined {
  return new RegExp(`(?:^|; )${name}=([a-z]+)`).exec(cookies)?.[1];
}

/** The language of an answer: the one chosen in the header of a page, else what the browser likes best of ours. */
export function localeOf(cookies: string, acceptLanguage: string): Locale {
  const chosen = wordInCookie(cookies, 'guichet_locale');
  return LOCALES.find((locale) => locale === chosen) ?? preferredLocale(acceptLanguage);
}

/** By `Accept-Language` (RFC 9110, section 12.5.4), of whose ranges only the primary subtag counts; else English. */
function preferredLocale(acceptLanguage: string): Locale {
  const ranges = parseAccept(acceptLanguage).map(({ type, q }) => ({
    language: type.split('-', 1)[0]?.toLowerCase(),
    q,
  }));
  const named = new Set(ranges.map(({ language }) => language));
  for (const { language, q } of ranges) {
    if (q === 0) break;
    const locale = LOCALES.find((each) => (language === '*' ? !named.has(each) : language === each));
    if (locale) return locale;
  }
  return 'en';
}
