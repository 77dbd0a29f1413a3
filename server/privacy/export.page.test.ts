import { describe, expect, test } from 'vitest';
import type { Locale } from '../users/users.schema.ts';
import { indexPage } from './export.page.ts';
import { type Row, SHOWN_TABLES } from './export.rows.ts';
import { PRIVACY_FAILURES } from './privacy.rules.ts';

const PERSON = '0192b9ae-ce60-75bf-8e43-ed9d558819d1';
const AT = '2026-03-01T23:04:05.678+00:00';
const MADE = { at: AT, requestId: 'request', timeZone: 'Europe/Paris' };
const EVENT = {
  id: 'event',
  request_id: 'request-0001',
  actor_role: 'support',
  action: 'support_incident_update',
  target_type: 'incident',
  target_id: 'incident',
  status: 'success',
  details: {},
  created_at: AT,
};

async function pageOf(rows: Record<string, Row[]>, locale: Locale = 'en'): Promise<string> {
  const tables = { app_user: [{ id: PERSON, name: 'Zoé', locale }], ...rows } as Record<string, Row[]>;
  const counts = new Map(Object.entries(tables).map(([name, held]) => [name, held.length]));
  const parts: string[] = [];
  const rowsOf = async function* ({ name }: { name: string }) {
    for (const row of tables[name] ?? []) yield [row];
  };
  for await (const part of indexPage(locale, MADE, SHOWN_TABLES, counts, rowsOf)) parts.push(part);
  return parts.join('');
}

/** What a reader sees of it, with a space where an element begins or ends. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const read = async (rows: Record<string, Row[]>, locale?: Locale) => textOf(await pageOf(rows, locale));

test('is one document in the language of the person, without script, that loads nothing', async () => {
  const page = await pageOf({}, 'fr');
  expect(page).toMatch(/^<!doctype html>\n<html lang="fr">/);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<link|<img|\bsrc=|url\(|@import| on\w+=/);
  expect(textOf(page)).toMatch(/Copie destinée à Zoé .*Établie le 1 mars 2026 à 23:04:05 UTC/);
});

test('says at the top how many of each there are, and where nothing is', async () => {
  const text = await read({ incident: Array.from({ length: 1_234 }, (_, n) => ({ id: `i${n}`, title: 't' })) });
  expect(text).toContain('Incidents 1,234');
  expect(text).toContain('Signed-in browsers 0');
  expect(text.match(/Nothing is kept here\./g)).toHaveLength(SHOWN_TABLES.length - 2);
});

test('escapes every text, wherever it stands', async () => {
  const hostile = `"'><x-hostile onload='1'>&amp;`;
  const nested = { [hostile]: hostile, deep: { [hostile]: [hostile, { [hostile]: hostile }] } };
  const rows = SHOWN_TABLES.map(({ name, table }): [string, Row[]] => [
    name,
    [
      Object.fromEntries(Object.keys(table.columns).map((column) => [column, hostile])),
      Object.fromEntries(Object.keys(table.columns).map((column) => [column, nested])),
      { ...EVENT, details: nested, fields: [hostile] },
    ],
  ]);
  const page = await pageOf(Object.fromEntries(rows));
  expect(page.match(/&lt;x-hostile/g)?.length).toBeGreaterThan(50);
  expect(page).not.toContain('<x-hostile');
  expect(page).not.toMatch(/<[^>]*onload='/);
});

describe('values', () => {
  test('that people wrote stay as they are', async () => {
    const incident = { id: 'i', title: 'open', description: 'closed', status: 'open' };
    expect(await read({ incident: [incident] }, 'fr')).toMatch(/open Statut Ouvert Description closed/);
  });

  test.each([
    ['en', /Price €17\.45 Currency Euro \(EUR\) Billed per month/, /Language British English|Language English \(en\)/],
    ['fr', /Prix 17,45 € Monnaie euro \(EUR\) Facturation par mois/, /Langue français \(fr\)/],
  ] as const)('are said in %s: money, currency, interval and language', async (locale, money, language) => {
    const subscription = { plan: 'team', price_cents: 1_745, currency: 'EUR', billing_interval: 'month' };
    const text = await read({ subscription: [subscription] }, locale);
    expect(text).toMatch(money);
    expect(text).toMatch(language);
  });

  test('of an unknown currency are shown as they are', async () => {
    expect(await read({ subscription: [{ price_cents: 1_200, currency: '1<x' }] })).toContain('12 1&lt;x');
  });

  test('of a failure are in the language of the person', async () => {
    const request = { id: 'r', kind: 'access', status: 'failed', reason: PRIVACY_FAILURES.gave_up };
    expect(await read({ privacy_request: [request] }, 'fr')).toContain('Motif Chaque essai a échoué de notre côté.');
    const written = { ...request, status: 'denied', reason: 'gave_up' };
    expect(await read({ privacy_request: [written] }, 'fr')).toContain('Motif gave_up');
  });

  test('of a certificate are named', async () => {
    const certificate = { kind: 'access', archive: { size_bytes: 12_345, sha256: 'abc' }, later: [] };
    expect(await read({ privacy_request: [{ id: 'r', certificate }] })).toContain(
      'Kind A copy of the data later nothing Archive Size 12,345 bytes SHA-256 abc',
    );
  });
});

describe('events', () => {
  test('stand under their day with words for what was done, by whom, on what, and how it changed', async () => {
    const details = { to: 'in_progress', from: 'open', fields: ['status', 'priority'], priority: 'high', odd: 'open' };
    const text = await read({ audit_event: [{ ...EVENT, details }] });
    expect(text).toContain('1 March 2026 23:04:05 Incident changed Outcome Done By Support agent');
    expect(text).toContain(
      'Changed Status, Priority From Open To In progress Priority High odd open Incident incident',
    );
    expect(text).toContain('Entry event Reference request-0001');
  });

  test('of one day share it', async () => {
    const later = { ...EVENT, created_at: '2026-03-02T00:00:00+00:00' };
    const page = await pageOf({ audit_event: [EVENT, { ...EVENT, id: 'second' }, later] });
    expect(page.match(/class="day"/g)).toHaveLength(2);
  });

  test('say in the person’s language what became of them, and that it was the person', async () => {
    const event = { ...EVENT, actor_id: 'self', actor_role: 'user', action: 'privacy_archive_download' };
    const denied = { ...event, status: 'denied', target_type: 'user', target_id: PERSON };
    const text = await read({ audit_event: [{ ...denied, details: { code: 'insufficient_role' } }] }, 'fr');
    expect(text).toContain('Archive téléchargée Résultat Refusé Par Vous · Client');
    expect(text).toContain('Pourquoi le rôle ne le permet pas Personne Vous');
  });

  test('cost few bytes, and are given out as they come', async () => {
    let read = 0;
    const rowsOf = async function* ({ name }: { name: string }) {
      for (; name === 'audit_event' && read < 100; read++) yield Array.from({ length: 100 }, () => EVENT as Row);
    };
    let bytes = 0;
    const seen = new Set<number>();
    for await (const part of indexPage('fr', MADE, SHOWN_TABLES, new Map(), rowsOf)) {
      bytes += part.length;
      seen.add(read);
    }
    expect(seen.size).toBeGreaterThan(99);
    expect(bytes / 10_000).toBeLessThan(350);
  });
});

test.each([
  ['en', 'First deadline 1 April 2027 at 23:59:59 CEST (Europe/Paris)', 'in calendar days, to the end of the last day'],
  ['fr', 'Première échéance 1 avril 2027 à 23:59:59 UTC+2 (Europe/Paris)', 'en jours calendaires'],
] as const)('tells deadlines in the zone of the desk, which it names, in %s', async (locale, deadline, rule) => {
  const row = { id: 'r', kind: 'access', status: 'requested', clock_rule: 'calendar_days' };
  const dates = { first_due_at: '2027-04-01T21:59:59.999+00:00', due_at: '2027-06-01T21:59:59.999+00:00' };
  const text = await read({ privacy_request: [{ ...row, ...dates }] }, locale);
  expect(text).toContain(deadline);
  expect(text).toContain(rule);
});
