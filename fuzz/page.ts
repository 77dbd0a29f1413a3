import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { PageRoute } from '../server/page-routes.ts';
import type { Input } from './input.ts';
import { EVERY_ID } from './known.ts';
import { oddHeaders, oddSegment, oddText } from './odd.ts';
import { queryOf, textBody } from './rest.ts';
import { rightText } from './values.ts';

const APP = join(import.meta.dirname, '../app');

/** The names by which pages read their address and their forms, from their source: a new one is tried at once. */
const NAMES = [
  ...new Set(
    globSync('**/*.{ts,tsx}', { cwd: APP })
      .sort()
      .flatMap((file) => [
        ...readFileSync(join(APP, file), 'utf8').matchAll(/(?:\bname="|\b(?:get|getAll|has|field|text)\(')(\w+)["']/g),
      ])
      .flatMap(([, name]) => name ?? []),
  ),
];
const OF_REMIX = ['_data', 'index', '_routes', '_method', '_action'];
/** What the field `intent` or `act` may say. */
const INTENTS = [
  'cancel',
  'ask',
  'approve',
  'deny',
  'extend',
  'retry',
  'complete',
  'verify_identity',
  'move',
  'take',
  'assign',
  'create',
  'sign_out',
];

const host = ['Host', 'desk.example'] as const;

export function pageInput(pages: readonly PageRoute[]): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  return fc.oneof(
    ...pages.map((page) => {
      const often = page.methods.includes('POST') ? { loads: 2, sends: 3 } : { loads: 8, sends: 1 };
      return fc.oneof({ arbitrary: loads(page), weight: often.loads }, { arbitrary: sends(page), weight: often.sends });
    }),
  );
}

function target({ template }: PageRoute): fc.Arbitrary<string> {
  const segments = template
    .slice(1)
    .split('/')
    .map((segment) =>
      segment.startsWith(':')
        ? fc.oneof({ arbitrary: fc.constantFrom(...EVERY_ID), weight: 6 }, { arbitrary: oddSegment, weight: 1 })
        : fc.oneof({ arbitrary: fc.constant(segment), weight: 60 }, { arbitrary: oddSegment, weight: 1 }),
    );
  const ending = fc.constantFrom('', '', '', '', '', '', '', '.data', '.data', '/', '//', '.json', '/.data');
  return fc.tuple(fc.tuple(...segments), ending).map(([parts, end]) => {
    const path = `/${parts.join('/')}`;
    return path === '/' && end === '.data' ? '/_root.data' : path + end;
  });
}

const query = fc.oneof({ arbitrary: queryOf(NAMES), weight: 6 }, { arbitrary: queryOf(OF_REMIX), weight: 1 });

function loads(page: PageRoute): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  return fc.record({
    kind: fc.constant('page' as const),
    method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'DELETE'),
    target: fc.tuple(target(page), query).map((parts) => parts.join('')),
    headers: fc.oneof(
      { arbitrary: fc.constant([host, ['Accept', 'text/html'] as const]), weight: 5 },
      { arbitrary: oddHeaders.map((odd) => [host, ...odd]), weight: 1 },
    ),
    body: fc.constant(null),
    framing: fc.constant('length' as const),
  });
}

type Field = readonly [name: string, value: string];

const rightField = NAMES.map((name) => {
  const right = /intent|act/.test(name) ? fc.constantFrom(...INTENTS) : rightText(name);
  return fc.tuple(fc.constant(name), fc.oneof({ arbitrary: right, weight: 3 }, { arbitrary: oddText, weight: 1 }));
});
const fields: fc.Arbitrary<Field[]> = fc.array(
  fc.oneof({ arbitrary: fc.oneof(...rightField), weight: 14 }, { arbitrary: fc.tuple(oddText, oddText), weight: 1 }),
  { maxLength: 12 },
);

function sends(page: PageRoute): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  const encoded = fields.map((list) => ({
    type: 'application/x-www-form-urlencoded',
    body: Buffer.from(urlencoded(list)),
  }));
  const parts = fc.tuple(fields, oddText, fc.boolean()).map(([list, file, ends]) => ({
    type: 'multipart/form-data; boundary=fuzz',
    body: Buffer.from(multipart(list, file, ends)),
  }));
  const wrong = fc
    .tuple(
      textBody,
      fc.constantFrom(
        'application/json',
        'text/plain',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'application/x-www-form-urlencoded; charset=utf-16',
        '',
      ),
    )
    .map(([body, type]) => ({ type, body }));
  const empty = fc
    .constantFrom('application/x-www-form-urlencoded', 'application/json', 'multipart/form-data', '')
    .map((type) => ({ type, body: null }));
  return fc
    .record({
      target: fc.tuple(target(page), query).map((all) => all.join('')),
      sent: fc.oneof(
        { arbitrary: encoded, weight: 6 },
        { arbitrary: parts, weight: 2 },
        { arbitrary: wrong, weight: 1 },
        { arbitrary: empty, weight: 1 },
      ),
      odd: fc.oneof({ arbitrary: fc.constant([]), weight: 5 }, { arbitrary: oddHeaders, weight: 1 }),
      framing: fc.constantFrom('length' as const, 'length' as const, 'chunked' as const),
      method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'POST', 'POST', 'PUT', 'PATCH'),
    })
    .map(({ target: to, sent, odd, framing, method }) => ({
      kind: 'page' as const,
      method,
      target: to,
      headers: [host, ...(sent.type ? [['Content-Type', sent.type] as const] : []), ...odd],
      body: sent.body,
      framing,
    }));
}

function urlencoded(list: readonly Field[]): string {
  return list
    .map(([name, value]) => [name, value].map((text) => encodeURIComponent(text.toWellFormed())).join('='))
    .join('&');
}

function multipart(list: readonly Field[], file: string, ends: boolean): string {
  const parts = list.map(([name, value], place) => {
    const quoted = name.toWellFormed().replaceAll(/["\r\n]/g, '');
    const filename =
      place % 4 === 3
        ? `; filename="${file.toWellFormed().replaceAll(/["\r\n]/g, '')}"\r\nContent-Type: image/png`
        : '';
    return `--fuzz\r\nContent-Disposition: form-data; name="${quoted}"${filename}\r\n\r\n${value.toWellFormed()}\r\n`;
  });
  return `${parts.join('')}${ends ? '--fuzz--\r\n' : ''}`;
}
