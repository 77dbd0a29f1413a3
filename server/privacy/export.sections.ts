import type { Row } from './export.rows.ts';
import { escapeHtml, fact, type Values } from './export.values.ts';

/** What a section shows of each row apart from its facts: a heading, a status beside it, and longer texts under it. */
type Layout = { number?: string; heading?: string; badge?: string; texts?: readonly string[] };

const LAYOUTS: Record<string, Layout> = {
  app_user: { heading: 'name' },
  subscription: { heading: 'plan', badge: 'status' },
  incident: { number: 'number', heading: 'title', badge: 'status', texts: ['description'] },
  privacy_request: {
    heading: 'kind',
    badge: 'status',
    texts: ['details', 'on_behalf_reason', 'reason', 'extension_reason', 'identity_note', 'certificate'],
  },
};

// The colour of a status; its word always stands there too.
const TONES: Record<string, string> = {
  active: 'good',
  resolved: 'good',
  completed: 'good',
  open: 'live',
  in_progress: 'live',
  trialing: 'live',
  requested: 'live',
  identity_check: 'live',
  approved: 'live',
  processing: 'live',
  past_due: 'bad',
  failed: 'bad',
  denied: 'bad',
};

/** The rows of a table as HTML, piece by piece; nothing for no rows. */
export function rowsHtml(table: string, batches: AsyncIterable<Row[]>, values: Values): AsyncGenerator<string> {
  return table === 'audit_event' ? journal(batches, values) : cards(table, batches, values);
}

async function* cards(table: string, batches: AsyncIterable<Row[]>, values: Values): AsyncGenerator<string> {
  let empty = true;
  for await (const rows of batches) {
    if (empty) yield '<ol>\n';
    empty = false;
    yield* inPieces(rows, (row) => card(table, row, values));
  }
  if (!empty) yield '</ol>\n';
}

/** Characters after which a piece is given on: texts of 10,000 characters may be six times as long once escaped. */
const PIECE = 32 * 1024;

function* inPieces(rows: Row[], htmlOf: (row: Row) => string): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += htmlOf(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}

function card(table: string, row: Row, values: Values): string {
  const { number = '', heading = '', badge = '', texts = [] } = LAYOUTS[table] ?? {};
  const show = (column: string) => values.column(table, column, row);
  const factOf = (column: string, kind = '') => {
    const html = show(column);
    return html && fact(values.label(table, column), html, kind);
  };
  const apart = [number, heading, badge, 'id', ...texts];
  const facts = [
    ...texts.map((column) => factOf(column, 'text')),
    ...Object.keys(row).map((column) => (apart.includes(column) ? '' : factOf(column))),
    factOf('id'),
  ];
  const above = number ? `${values.label(table, number)} ${show(number)}` : heading && values.label(table, heading);
  const head =
    heading &&
    `<header><div><p>${above}</p><h3>${show(heading)}</h3></div>${status(table, badge, row, values)}</header>`;
  // An event leads to what it was about.
  const id = heading ? ` id="${escapeHtml(String(row.id))}"` : '';
  return `<li${id}>${head}<dl>${facts.join('')}</dl>\n`;
}

function status(table: string, column: string, row: Row, values: Values): string {
  const word = column && values.column(table, column, row);
  return (
    word &&
    `<p class="badge ${TONES[String(row[column])] ?? ''}"><span>${values.label(table, column)} </span>${word}</p>`
  );
}

/** Events are many: a line or two for each, under the day they share. */
async function* journal(batches: AsyncIterable<Row[]>, values: Values): AsyncGenerator<string> {
  let day = '';
  for await (const rows of batches) {
    let html = '';
    for (const row of rows) {
      const date = String(row.created_at).slice(0, 10);
      if (date !== day) html += `${day && '</ol></div>\n'}<div class="day"><h3>${values.day(date)}</h3><ol>\n`;
      day = date;
      html += event(row, values);
    }
    yield html;
  }
  if (day) yield '</ol></div>\n';
}

function event(row: Row, values: Values): string {
  const table = 'audit_event';
  const show = (column: string) => values.column(table, column, row);
  const outcome = row.status === 'success' ? show('status') : `<span class="bad">${show('status')}</span>`;
  const role = show('actor_role');
  const by = row.actor_id === 'self' ? `${show('actor_id')} · ${role}` : role;
  const details = typeof row.details === 'object' && row.details ? row.details : {};
  const facts = [
    fact(values.label(table, 'status'), outcome),
    fact(values.label(table, 'actor_id'), by),
    values.details(details, String(row.target_type)),
    target(row, values),
    fact(values.label(table, 'id'), escapeHtml(String(row.id))),
    fact(values.label(table, 'request_id'), escapeHtml(String(row.request_id))),
  ];
  const time = escapeHtml(String(row.created_at).slice(11, 19));
  return `<li><time>${time}</time><p>${show('action')}<dl>${facts.join('')}</dl>\n`;
}

const LINKED = ['incident', 'privacy_request'];

function target(row: Row, values: Values): string {
  const type = values.column('audit_event', 'target_type', row);
  const id = values.column('audit_event', 'target_id', row);
  if (!id) return fact(values.label('audit_event', 'target_type'), type);
  if (row.target_id === values.personId) return fact(type, values.word('person', 'self'));
  const linked = LINKED.includes(String(row.target_type));
  return fact(type, linked ? `<a href="#${escapeHtml(String(row.target_id))}">${id}</a>` : id);
}
