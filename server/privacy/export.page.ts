import type { Locale } from '../users/users.schema.ts';
import type { Row, SHOWN_TABLES } from './export.rows.ts';
import { EXPORT_WORDS } from './export.words.ts';

type Shown = (typeof SHOWN_TABLES)[number];

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  nav ul, section > ol { list-style: none; padding: 0; }
  nav li { display: inline-block; margin-right: 1rem; }
  section > ol > li { border-top: 1px solid #8888; padding: .75rem 0; }
  dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .25rem 1rem; margin: 0; }
  dt { opacity: .75; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  code { font-size: .875em; }`;

// Enumerated values are translated in these columns alone: a title that reads "open" stays a title.
const TRANSLATED = new Set([
  'role',
  'status',
  'priority',
  'category',
  'kind',
  'assignee_id',
  'created_by_id',
  'requested_by_id',
  'actor_id',
  'actor_role',
]);
const TIME = /_at$|_end$/;

/** The page of an archive: every fact that the files hold, to be read. Texts are escaped; nothing is loaded from elsewhere. */
export async function* indexPage(
  locale: Locale,
  made: { at: string; requestId: string },
  tables: readonly Shown[],
  counts: ReadonlyMap<string, number>,
  rowsOf: (shown: Shown) => AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  const words = EXPORT_WORDS[locale];
  const number = new Intl.NumberFormat(locale);
  const links = tables.map(
    ({ name }) =>
      `<li><a href="#${name}">${escapeHtml(words.sections[name] ?? name)}</a> (${number.format(counts.get(name) ?? 0)})</li>`,
  );
  yield `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(words.title)}</h1>
<p>${escapeHtml(words.intro)}</p>
<p>${escapeHtml(words.made)} ${timeOf(made.at, locale)}. ${escapeHtml(words.request)} <code>${escapeHtml(made.requestId)}</code>.</p>
</header>
<nav><ul>${links.join('\n')}</ul></nav>
<main>
`;
  for (const shown of tables) {
    yield `<section id="${shown.name}">\n<h2>${escapeHtml(words.sections[shown.name] ?? shown.name)}</h2>\n`;
    let empty = true;
    for await (const rows of rowsOf(shown)) {
      yield `${empty ? '<ol>' : ''}${rows.map((row) => rowHtml(row, locale)).join('')}`;
      empty = false;
    }
    yield empty ? `<p>${escapeHtml(words.empty)}</p>\n</section>\n` : '</ol>\n</section>\n';
  }
  yield '</main>\n</body>\n</html>\n';
}

function rowHtml(row: Row, locale: Locale): string {
  const facts = Object.entries(row).flatMap(([column, value]) => {
    if (value === null || value === '') return [];
    const label = EXPORT_WORDS[locale].columns[column] ?? column;
    return [`<dt>${escapeHtml(label)}</dt><dd>${valueHtml(column, value, locale)}</dd>`];
  });
  return `<li><dl>${facts.join('')}</dl></li>\n`;
}

function valueHtml(column: string, value: unknown, locale: Locale): string {
  if (typeof value === 'string' && TIME.test(column)) return timeOf(value, locale);
  if (typeof value === 'object') return `<code>${escapeHtml(JSON.stringify(value))}</code>`;
  const text = String(value);
  if (TRANSLATED.has(column)) return escapeHtml(EXPORT_WORDS[locale].values[text] ?? text);
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

const formats = new Map<Locale, Intl.DateTimeFormat>();

function timeOf(text: string, locale: Locale): string {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });
    formats.set(locale, format);
  }
  return `<time datetime="${escapeHtml(text)}">${escapeHtml(format.format(new Date(text)))}</time>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
