import { html } from 'hono/html';
import type { AppError } from './errors.ts';
import type { Locale } from './users/users.schema.ts';

const WORDS = {
  en: { title: 'This page cannot be shown', quote: 'If it goes on, quote this request:', back: 'Try again' },
  fr: {
    title: 'Cette page ne peut pas s’afficher',
    quote: 'Si cela persiste, citez cette requête :',
    back: 'Réessayer',
  },
};

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
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title></head>
  <body>
    <main>
      <h1>${words.title}</h1>
      <p lang="en">${failure.message}</p>
      <p>${words.quote} <code>${requestId}</code></p>
      <p><a href="">${words.back}</a></p>
    </main>
  </body>
</html>`;
  return new Response(String(page), {
    status: failure.status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8', vary: 'Accept, Accept-Language, Cookie' },
  });
}
