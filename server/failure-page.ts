import { hash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { AppError } from './errors.ts';
import { errorWords } from './page-words.ts';
import type { Locale } from './users/users.schema.ts';

const WORDS = {
  en: { title: 'This page cannot be shown', quote: 'If it goes on, quote this request:', back: 'Try again' },
  fr: {
    title: 'Cette page ne peut pas s’afficher',
    quote: 'Si cela persiste, citez cette requête :',
    back: 'Réessayer',
  },
};

/** As the pages of the desk look, in a few lines: this one has no file to load. */
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; background: light-dark(#f6f7f9, #15171c); color: light-dark(#1d2430, #e8eaee) }
main { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25 }
code { overflow-wrap: anywhere }
a { color: light-dark(#2a4a8a, #a9c1f5) }`;
const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; frame-ancestors 'none'`;

/** The page for failures before any page could be built: no database, too many requests, what no page takes. */
export function failurePage(
  failure: AppError,
  requestId: string,
  locale: Locale,
  headers: Record<string, string>,
): Response {
  const words = WORDS[locale];
  const page = html`<!doctype html>
<html lang="${locale}">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${raw(STYLE)}</style></head>
  <body>
    <main>
      <h1>${words.title}</h1>
      <p>${errorWords(locale, failure.errorCode)}</p>
      <p>${words.quote} <code>${requestId}</code></p>
      <p><a href="">${words.back}</a></p>
    </main>
  </body>
</html>`;
  return new Response(String(page), {
    status: failure.status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      vary: 'Accept, Accept-Language, Cookie',
    },
  });
}
