import type { Locale } from '../users/users.schema.ts';
import type { Row } from './export.rows.ts';
import { type Enumerations, EXPORT_WORDS, type ExportWords } from './export.words.ts';
import { PRIVACY_FAILURES } from './privacy.rules.ts';

/** Columns of enumerated values, by table. No other value is translated: a title that reads "open" stays a title. */
export const ENUMERATED: Record<string, Record<string, keyof Enumerations>> = {
  app_user: { role: 'role' },
  subscription: { plan: 'plan', status: 'subscription_status', billing_interval: 'billing_interval' },
  incident: {
    category: 'category',
    status: 'incident_status',
    priority: 'priority',
    assignee_id: 'person',
    created_by_id: 'person',
  },
  privacy_request: {
    kind: 'request_kind',
    status: 'request_status',
    requested_by_id: 'person',
    identity_checked_by_id: 'person',
    identity_means: 'identity_means',
    clock_rule: 'clock_rule',
  },
  audit_event: {
    actor_id: 'person',
    actor_role: 'actor_role',
    action: 'action',
    target_type: 'target_type',
    status: 'outcome',
  },
};

/** The same for the keys of an event's details, by its target type; `from` and `to` are statuses. */
const ENUMERATED_DETAILS: Record<string, Record<string, keyof Enumerations>> = {
  incident: {
    from: 'incident_status',
    to: 'incident_status',
    status: 'incident_status',
    priority: 'priority',
    category: 'category',
    code: 'code',
  },
  privacy_request: {
    from: 'request_status',
    to: 'request_status',
    status: 'request_status',
    kind: 'request_kind',
    reason: 'failure',
    code: 'code',
  },
};
const DETAILS_OF_ANYTHING: Record<string, keyof Enumerations> = { kind: 'request_kind', code: 'code' };

// PostgreSQL keeps the keys of details by their length; people read "from" before "to".
const FIRST = ['to', 'from', 'fields', 'kind'];
const rank = (key: string, value: unknown) => (isObject(value) ? 2 : -FIRST.indexOf(key));
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const INTL: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };
const DEADLINE = /(^|_)due_at$/;
const TIME = /_at$|_end$/;
const KEY = /(^|_)id$|^sha256$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** One fact of a list of facts; both are HTML. */
export function fact(label: string, value: string, kind = ''): string {
  return `<div${kind && ` class="${kind}"`}><dt>${label}<dd>${value}</div>`;
}

/** How a page in one language shows values: as HTML, texts escaped. Deadlines are in the zone of the desk. */
export class Values {
  readonly words: ExportWords;
  /** Whose page it is. */
  readonly personId: string;
  readonly #language: string;
  readonly #numbers: Intl.NumberFormat;
  readonly #instants: Intl.DateTimeFormat;
  readonly #days: Intl.DateTimeFormat;
  readonly #deadlines: Intl.DateTimeFormat;
  readonly #timeZone: string;

  constructor(locale: Locale, personId: string, timeZone: string) {
    this.personId = personId;
    this.words = EXPORT_WORDS[locale];
    this.#language = INTL[locale];
    this.#numbers = new Intl.NumberFormat(this.#language);
    const day = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
    this.#instants = new Intl.DateTimeFormat(this.#language, { ...day, ...time });
    this.#days = new Intl.DateTimeFormat(this.#language, day);
    this.#timeZone = timeZone;
    this.#deadlines = new Intl.DateTimeFormat(this.#language, { ...day, ...time, timeZone });
  }

  label(table: string, column: string): string {
    const { columns } = this.words;
    return escapeHtml(columns[`${table}.${column}`] ?? columns[column] ?? column);
  }

  /** The word of an enumerated value; the value itself where there is none. */
  word(enumeration: keyof Enumerations, value: string): string {
    const words: Record<string, string> = this.words.values[enumeration];
    return escapeHtml(Object.hasOwn(words, value) ? (words[value] ?? value) : value);
  }

  /** What stands in a column of a row; '' where nothing does. */
  column(table: string, column: string, row: Row): string {
    const value = row[column];
    if (value === null || value === undefined || value === '') return '';
    const enumeration = ENUMERATED[table]?.[column];
    if (enumeration) return this.word(enumeration, String(value));
    if (column === 'price_cents') return this.#money(Number(value), String(row.currency));
    if (column === 'currency') return this.#named('currency', String(value));
    if (column === 'locale') return this.#named('language', String(value));
    if (table === 'privacy_request' && column === 'reason') return this.#reason(String(value));
    if (DEADLINE.test(column)) return this.#deadline(String(value));
    return this.#any(column, value, '');
  }

  /** The facts that the details of an event about `target`, or a certificate, hold. */
  details(value: object, target = ''): string {
    const entries = Object.entries(value).sort((one, other) => rank(...one) - rank(...other));
    return entries.map(([key, held]) => fact(this.#key(key), this.#detail(key, held, target))).join('');
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** An instant of PostgreSQL or of ISO 8601, to the second and in UTC, which is said. */
  instant(text: string): string {
    if (!INSTANT.test(text)) return this.#text(text);
    return `<time datetime="${escapeHtml(text)}">${this.#instants.format(new Date(text))}</time>`;
  }

  #deadline(text: string): string {
    if (!INSTANT.test(text)) return this.#text(text);
    const words = this.#deadlines.format(new Date(text));
    return `<time datetime="${escapeHtml(text)}">${words}</time> (${escapeHtml(this.#timeZone)})`;
  }

  /** The day of an instant, in UTC. */
  day(date: string): string {
    if (!DAY.test(date)) return this.#text(date);
    return `<time datetime="${escapeHtml(date)}">${this.#days.format(new Date(date))}</time>`;
  }

  #any(name: string, value: unknown, target: string): string {
    if (typeof value === 'boolean') return escapeHtml(value ? this.words.yes : this.words.no);
    if (typeof value === 'number') return name === 'size_bytes' ? this.#bytes(value) : String(value);
    if (typeof value === 'object' && value !== null) return this.#nested(value, target);
    const text = String(value);
    if (TIME.test(name)) return this.instant(text);
    return KEY.test(name) ? `<code>${escapeHtml(text)}</code>` : this.#text(text);
  }

  #nested(value: object, target: string): string {
    if (Object.keys(value).length === 0) return escapeHtml(this.words.nothing);
    if (!Array.isArray(value)) return `<dl>${this.details(value, target)}</dl>`;
    return value.map((held) => this.#any('', held, target)).join(', ');
  }

  #detail(key: string, value: unknown, target: string): string {
    if (value === null) return '–';
    if (key === 'fields' && Array.isArray(value)) return this.#names(value, target);
    if (key === 'filters' && Array.isArray(value)) return this.#names(value, 'audit_event');
    const enumeration = ENUMERATED_DETAILS[target]?.[key] ?? DETAILS_OF_ANYTHING[key];
    return enumeration && typeof value === 'string' ? this.word(enumeration, value) : this.#any(key, value, target);
  }

  #names(columns: readonly unknown[], table: string): string {
    return columns.map((column) => this.label(table, String(column))).join(', ') || escapeHtml(this.words.nothing);
  }

  #key(key: string): string {
    return Object.hasOwn(this.words.details, key)
      ? escapeHtml(this.words.details[key] ?? key)
      : escapeHtml(Object.hasOwn(this.words.columns, key) ? (this.words.columns[key] ?? key) : key);
  }

  // What the desk itself gave as a reason has words; what a person wrote stays as it is.
  #reason(text: string): string {
    const known = Object.entries(PRIVACY_FAILURES).find(([, sentence]) => sentence === text);
    return known ? this.word('failure', known[0]) : this.#text(text);
  }

  #money(cents: number, currency: string): string {
    try {
      return new Intl.NumberFormat(this.#language, { style: 'currency', currency }).format(cents / 100);
    } catch {
      return `${this.#numbers.format(cents / 100)} ${this.#text(currency)}`;
    }
  }

  #named(type: 'currency' | 'language', code: string): string {
    try {
      const name = new Intl.DisplayNames(this.#language, { type }).of(code);
      return name && name !== code ? `${escapeHtml(name)} (${escapeHtml(code)})` : this.#text(code);
    } catch {
      return this.#text(code);
    }
  }

  #bytes(value: number): string {
    return new Intl.NumberFormat(this.#language, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(value);
  }

  #text(text: string): string {
    return `<bdi>${escapeHtml(text)}</bdi>`;
  }
}
