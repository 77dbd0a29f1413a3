import * as fc from 'fast-check';
import type { Input } from './input.ts';
import { EVERY_ID } from './known.ts';
import { oddHeaders, oddJson, oddJsonText, oddSegment, oddText } from './odd.ts';
import { fieldsOf, ROUTES, type Route, rightText } from './values.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const EXTRA: Route[] = ['/docs', '/docs/swagger-ui.css', '/docs/start.js', '/openapi.json', '/nothing', ''].map(
  (path) => ({
    method: 'GET',
    path,
    query: {},
    body: {},
  }),
);

export function restInput(): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  return fc.oneof(
    { arbitrary: fc.oneof(...ROUTES.map(asking)), weight: 20 },
    { arbitrary: fc.oneof(...EXTRA.map(asking)), weight: 1 },
  );
}

function asking(route: Route): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  return fc.record({
    kind: fc.constant('rest' as const),
    method: fc.oneof(
      { arbitrary: fc.constant(route.method), weight: 12 },
      { arbitrary: fc.constantFrom(...METHODS), weight: 1 },
    ),
    target: target(route),
    headers: headers(route),
    body: bodyOf(route),
    framing: fc.constantFrom(...Array<'length'>(7).fill('length'), 'chunked', 'chunked', 'none'),
  });
}

function target(route: Route): fc.Arbitrary<string> {
  const segments = route.path.split('/').map((segment) => {
    if (!segment.startsWith('{')) {
      return fc.oneof({ arbitrary: fc.constant(segment), weight: 60 }, { arbitrary: oddSegment, weight: 1 });
    }
    return fc.oneof({ arbitrary: fc.constantFrom(...EVERY_ID), weight: 8 }, { arbitrary: oddSegment, weight: 1 });
  });
  return fc
    .tuple(fc.tuple(...segments), queryOf(Object.keys(route.query)))
    .map(([parts, query]) => `/v1${parts.join('/')}${query}`);
}

/** A query string of these names and others, with values right and odd, repeated, or no query string at all. */
export function queryOf(names: readonly string[]): fc.Arbitrary<string> {
  const pairs = names.map((name) =>
    written(fc.constant(name), fc.oneof({ arbitrary: rightText(name), weight: 2 }, { arbitrary: oddText, weight: 1 })),
  );
  const odd = written(oddText, oddText);
  const pair =
    pairs.length === 0 ? odd : fc.oneof({ arbitrary: fc.oneof(...pairs), weight: 12 }, { arbitrary: odd, weight: 1 });
  const raw = oddSegment.map((segment) => `a=${segment}&${segment}`);
  return fc
    .array(fc.oneof({ arbitrary: pair, weight: 12 }, { arbitrary: raw, weight: 1 }), {
      maxLength: names.length ? 4 : 1,
    })
    .map((all) => (all.length === 0 ? '' : `?${all.join('&')}`));
}

function written(name: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(name, value).map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('='));
}

function headers(route: Route): fc.Arbitrary<Input['headers']> {
  const host = ['Host', 'desk.example'] as const;
  const type = route.method === 'GET' ? [] : [['Content-Type', 'application/json'] as const];
  return fc.oneof(
    { arbitrary: fc.constant([host, ...type]), weight: 6 },
    { arbitrary: oddHeaders.map((odd) => [host, ...type, ...odd]), weight: 2 },
    { arbitrary: oddHeaders.map((odd) => [host, ...odd]), weight: 1 },
  );
}

function bodyOf(route: Route): fc.Arbitrary<Buffer | null> {
  if (route.method === 'GET')
    return fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, { arbitrary: textBody, weight: 1 });
  return fc.oneof(
    { arbitrary: fieldsOf(route.body).map((fields) => Buffer.from(JSON.stringify(fields))), weight: 8 },
    { arbitrary: oddJson.map((value) => Buffer.from(JSON.stringify(value))), weight: 1 },
    { arbitrary: textBody, weight: 2 },
    { arbitrary: fc.constant(null), weight: 1 },
  );
}

/** A body that is hardly what was asked for: broken JSON, other encodings, bytes. */
export const textBody: fc.Arbitrary<Buffer> = fc.oneof(
  { arbitrary: oddJsonText.map((text) => Buffer.from(text)), weight: 16 },
  { arbitrary: oddJsonText.map((text) => Buffer.from(text.slice(0, 5000), 'utf16le')), weight: 4 },
  { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
  { arbitrary: oddText.map((text) => Buffer.from(text)), weight: 1 },
  { arbitrary: fc.constant(Buffer.alloc(1024 * 1024 + 1, 0x20)), weight: 1 },
);
