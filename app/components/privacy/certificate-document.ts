import { html, raw } from 'hono/html';
import { z } from 'zod';
import { citationOf } from '../../../server/privacy/grounds.rules.ts';
import { type CertificateView, certificateView } from './certificate-view.ts';
import { CERTIFICATE_WORDS, type CertificateWords } from './certificate-words.ts';

const mention = z.object({ table: z.string(), id: z.string(), field: z.string() });
const facts = z.object({
  locale: z.enum(['en', 'fr']).catch('en'),
  privacy_request_id: z.string().catch(''),
  identity_check: z.object({ means: z.string(), checked_on: z.string().nullable() }).nullable().catch(null),
  approved: z.object({ at: z.string() }).nullable().catch(null),
  texts_of_others: z
    .object({
      found: z.array(mention),
      kept: z.object({ ground: z.string() }).nullable(),
      decisions: z
        .array(z.object({ ground: z.string(), found: z.array(mention) }))
        .optional()
        .catch(undefined),
    })
    .nullable()
    .catch(null),
  statistics: z.object({ columns: z.number() }).nullable().catch(null),
  not_covered: z.array(z.string()).catch([]),
  seal: z.object({ hmac_sha256: z.string() }).nullable().catch(null),
});

const STYLE = `
@page { size: A4; margin: 16mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 174mm; background: #fff; color: #111; font: 10.5pt/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 18pt; } h2 { margin: 14pt 0 4pt; font-size: 11.5pt; break-after: avoid; }
p, ul, dl { margin: 4pt 0; } ul { padding-left: 16pt; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2pt 12pt; } dd { margin: 0; overflow-wrap: anywhere; } dt { color: #444; }
table { width: 100%; border-collapse: collapse; } tr { break-inside: avoid; }
td, th { padding: 3pt 8pt 3pt 0; border-top: .5pt solid #999; text-align: left; vertical-align: top; font-weight: 400; }
small, code { font: 8pt/1.4 ui-monospace, monospace; color: #444; overflow-wrap: anywhere; } small { display: block; }
nav { display: flex; gap: 16px; margin-bottom: 20px; } button { font: inherit; padding: 4px 12px; }
@media print { nav { display: none; } body { padding: 0; max-width: none; font-size: 9pt; } small, code { font-size: 7pt; } td, th { padding-block: 1.5pt; } h2 { margin-top: 8pt; } }`;

/**
 * The certificate of an erasure as one document on A4, in the language of the person whom it is about; null for one
 * that cannot be read so. Nothing of it needs a script but the button that prints.
 */
export function certificateDocument(certificate: Record<string, unknown>, address: string, nonce: string) {
  const view = certificateView(certificate);
  if (view?.kind !== 'erasure') return null;
  const known = facts.parse(certificate);
  const words = CERTIFICATE_WORDS[known.locale];
  const day = (iso: string) =>
    new Intl.DateTimeFormat(words.lang === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(iso),
    );
  const others = known.texts_of_others;
  return html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="/favicon.svg"><title>${words.title}</title><style nonce="${nonce}">${raw(STYLE)}</style></head><body>
<nav><button type="button" id="print">${words.print}</button><a href="${address}" download>${words.json}</a></nav>
<main><h1>${words.title}</h1><p>${words.law}</p>
<dl><dt>${words.done}</dt><dd>${day(view.at)} <code>${view.at}</code></dd>
<dt>${words.request}</dt><dd><code>${known.privacy_request_id}</code></dd>
${known.identity_check ? html`<dt>${words.check}</dt><dd>${words.means[known.identity_check.means] ?? ''}${known.identity_check.checked_on ? `, ${day(known.identity_check.checked_on)}` : ''}</dd>` : ''}
${known.approved ? html`<dt>${words.approved}</dt><dd>${day(known.approved.at)}</dd>` : ''}</dl>
<p><strong>${words.erased(new Intl.NumberFormat(words.lang).format(view.erased))}</strong></p>
<table>${view.tables.map((table) => row(table, words))}</table>
<h2>${words.others}</h2>
${others?.kept ? keptTexts(others.decisions ?? [{ ground: others.kept.ground, found: others.found }], words) : others ? html`<p>${words.othersNone}</p>` : html`<p>—</p>`}
${known.statistics ? html`<p>${words.statistics(String(known.statistics.columns))}</p>` : ''}
<h2>${words.notCovered}</h2><ul>${Object.entries(words.limits).map(([, text]) => html`<li>${text}</li>`)}</ul>
<dl><dt>${words.seal}</dt><dd><code>${view.sha256}</code></dd>
${known.seal ? html`<dt>${words.keyed}</dt><dd><code>${known.seal.hmac_sha256}</code></dd>` : ''}</dl></main>
<script nonce="${nonce}">document.getElementById('print').addEventListener('click', () => print());</script></body></html>`;
}

type Kept = { ground: string; found: z.infer<typeof mention>[] };

/** Each decision to keep texts of others, with the places that it covers. */
function keptTexts(decisions: Kept[], words: CertificateWords) {
  return decisions.map(
    ({ ground, found }) => html`<p>${words.othersKept(found.length)} ${words.grounds[ground] ?? ''}</p>
${found.map((one) => html`<small>${one.table}.${one.field} ${one.id}</small>`)}`,
  );
}

type Table = Extract<CertificateView, { kind: 'erasure' }>['tables'][number];

function row(table: Table, words: CertificateWords) {
  const number = (count: number) => new Intl.NumberFormat(words.lang).format(count);
  const kept = table.columns.filter(({ ground }) => ground !== null);
  const citation = citationOf(kept.flatMap(({ ground }) => ground ?? []));
  const gone = table.columns.filter(({ ground }) => ground === null).map(({ name }) => name);
  const told = [
    table.erased > 0 ? words.values(table.erased, number(table.erased)) : null,
    kept.length > 0 && table.rows > 0
      ? [words.entries(table.rows, number(table.rows)), citation].filter(Boolean).join(', ')
      : null,
  ].filter(Boolean);
  return html`<tr><th scope="row">${words.tables[table.name] ?? table.name}</th><td>${told.join('; ') || words.none}
<small>${table.name}${gone.length > 0 ? `: ${gone.join(', ')}` : ''}</small></td></tr>`;
}
