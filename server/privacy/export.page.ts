import type { Locale } from '../users/users.schema.ts';
import type { Row, SHOWN_TABLES } from './export.rows.ts';
import { rowsHtml } from './export.sections.ts';
import { EXPORT_STYLE } from './export.style.ts';
import { escapeHtml, fact, Values } from './export.values.ts';

type Shown = (typeof SHOWN_TABLES)[number];

/** The page of an archive: every fact that the files hold, to be read. Texts are escaped; nothing is loaded from elsewhere. */
export async function* indexPage(
  locale: Locale,
  made: { at: string; requestId: string; timeZone: string },
  tables: readonly Shown[],
  counts: ReadonlyMap<string, number>,
  rowsOf: (shown: Shown) => AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  const account: Row[] = [];
  for (const shown of tables.filter(({ name }) => name === 'app_user')) {
    for await (const rows of rowsOf(shown)) account.push(...rows);
  }
  const values = new Values(locale, String(account[0]?.id), made.timeZone);
  yield head(locale, values);
  yield summary(values, made, account[0] ?? {}, tables, counts);
  for (const shown of tables) {
    yield opening(values, shown, counts.get(shown.name) ?? 0);
    let empty = true;
    const rows = shown.name === 'app_user' ? once(account) : rowsOf(shown);
    for await (const html of rowsHtml(shown.name, rows, values)) {
      empty = false;
      yield html;
    }
    yield `${empty ? `<p class="empty">${text(values.words.empty)}</p>` : ''}</section>\n`;
  }
  yield `</main>\n<footer>${note(values.words.rights)}</footer>\n</body>\n</html>\n`;
}

async function* once(rows: Row[]): AsyncGenerator<Row[]> {
  if (rows.length > 0) yield rows;
}

function head(locale: Locale, { words }: Values): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(words.title)}</title>
<style>${EXPORT_STYLE}</style>
</head>
<body>
<a class="skip" href="#data">${text(words.skip)}</a>
`;
}

function summary(
  values: Values,
  made: { at: string; requestId: string },
  account: Row,
  tables: readonly Shown[],
  counts: ReadonlyMap<string, number>,
): string {
  const { words } = values;
  const person = `<strong>${values.column('app_user', 'name', account)}</strong> ${values.column('app_user', 'email', account)}`;
  const id = escapeHtml(made.requestId);
  const facts = [
    fact(text(words.person), person),
    fact(text(words.made), values.instant(made.at)),
    fact(text(words.request), `<a href="#${id}"><code>${id}</code></a>`),
  ];
  const links = tables.map(({ name }) => {
    const title = text(words.sections[name]?.title ?? name);
    return `<li><a href="#${name}">${title} <strong>${values.number(counts.get(name) ?? 0)}</strong></a>`;
  });
  return `<header class="top" id="top">
<h1>${text(words.title)}</h1>
<p>${text(words.intro)}</p>
<dl>${facts.join('')}</dl>
<nav aria-label="${text(words.contents)}"><ul>${links.join('\n')}</ul></nav>
${note(words.notes)}
</header>
<main id="data" tabindex="-1">
`;
}

function opening(values: Values, { name, file }: Shown, count: number): string {
  const { title, about } = values.words.sections[name] ?? { title: name, about: '' };
  return `<section id="${name}" aria-labelledby="${name}-title">
<header><h2 id="${name}-title">${text(title)}</h2> <p class="count">${values.number(count)}</p>
<a class="up" href="#top">${text(values.words.contents)}</a>
<p class="about">${text(about)}</p>
<p class="file">${text(values.words.file)} <a href="${file}.json">${file}.json</a></p></header>
`;
}

function note({ title, texts }: { title: string; texts: readonly string[] }): string {
  const items = texts.map((item) => `<li>${text(item)}`);
  return `<div class="note"><h2>${text(title)}</h2><ul>${items.join('')}</ul></div>`;
}

/** Words of ours; French has no line begin with the sign that a space comes before. */
function text(words: string): string {
  return escapeHtml(words).replaceAll(/ ([:;?!»])|(«) /g, (_, after = '', before = '') => `${before}\u00a0${after}`);
}
