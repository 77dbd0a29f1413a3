import * as fc from 'fast-check';
import { MARK, TYPED } from './input.ts';

/** Texts that programs have tripped over. */
const KNOWN = [
  '',
  ' ',
  '\u0000',
  '\ud83d',
  '\udc69 \ud83d',
  '👩‍👩‍👧',
  `${'a'.repeat(199)}👩`,
  'é'.repeat(201),
  '𝒳'.repeat(5000),
  'ﷺ'.repeat(100),
  '%',
  '%ZZ',
  '%00',
  '%2C',
  '\\',
  '\\\\host',
  '//evil.example/x',
  'https://evil.example',
  'javascript:alert(1)',
  '../../etc/passwd',
  '.data',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '[object Object]',
  'NaN',
  '-1',
  '0',
  '1',
  '007',
  '1e400',
  '2147483648',
  '9'.repeat(400),
  "' or 1=1 --",
  '%_\\%',
  '$1',
  '{{x}}',
  '<script>alert(1)</script>',
  '\r\nX-Injected: 1',
  '\u202eabc',
  '\ufeff',
  'İıſK',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31T23:59:59.999+23:59',
  '0001-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
  'me,none',
  ','.repeat(600),
];

/** What a caller may have typed; carries the mark where it can. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...KNOWN), weight: 4 },
  { arbitrary: fc.constantFrom(...KNOWN).map((text) => TYPED + text), weight: 3 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text + TYPED), weight: 2 },
  {
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      maxLength: 20,
    }),
    weight: 1,
  },
  { arbitrary: fc.constantFrom(`${TYPED}@example.org`, `${TYPED}.Nobody`, `+33 6 ${TYPED}`, TYPED), weight: 2 },
);

export const oddJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: false },
    oddText,
    fc.constantFrom<unknown>(null, true, false, 0, -0, 1, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), [], {}, [[]]),
    fc.double({ noNaN: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(oddText, fc.constantFrom('__proto__', 'then', 'toJSON', 'id', 'json', 'meta')),
      tie('value'),
      {
        maxKeys: 4,
      },
    ),
  ),
})).value;

const deep = fc
  .tuple(fc.integer({ min: 1, max: 60_000 }), fc.constantFrom('[', '{"a":', '[{"a":'))
  .map(([depth, open]) => {
    const close = [...open]
      .reverse()
      .flatMap((sign) => (sign === '[' ? ']' : sign === '{' ? '}' : []))
      .join('');
    return `${open.repeat(depth)}1${close.repeat(depth)}`;
  });

/** JSON of a thing; where a number has none, as JavaScript writes it. Names like `__proto__` stay as they are. */
export const oddJsonText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: oddJson.map((value) => JSON.stringify(value)), weight: 5 },
  { arbitrary: deep, weight: 1 },
  {
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[',
      '"',
      '{"a":1}{',
      '\ufeff{}',
      'null',
      '{"a":1,"a":2}',
      '{"__proto__":{"a":1}}',
      '{"id":"\\ud800"}',
      '1e999',
      '\u0000',
      `{"${TYPED}":`,
    ),
    weight: 2,
  },
);

/** A part of an address, as bytes that may be sent there. */
export const oddSegment: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: oddText.map((text) => encodeURIComponent(text.toWellFormed())), weight: 3 },
  {
    arbitrary: fc.constantFrom(
      '%',
      '%ZZ',
      '%00',
      '%ED%A0%80',
      '%C0%AF',
      '%FF',
      '%5C',
      '%2F',
      '%2e%2e',
      '..',
      '.',
      '+',
      '*',
      ';',
      "'",
      '|',
      '{',
      '^',
      '%0d%0aX:1',
    ),
    weight: 1,
  },
);

const HEADERS: Record<string, readonly string[]> = {
  Accept: ['*/*', 'text/html', 'application/json', 'text/event-stream', 'application/jsonl', 'image/*;q=x', ''],
  'Accept-Language': ['fr', 'fr-CH;q=0.5, en;q=x', '*', ',,,', 'x'.repeat(3000)],
  'Accept-Encoding': ['gzip', 'br;q=9', '*;q=0'],
  Authorization: ['Bearer', 'Bearer x', 'Basic dXNlcjpwYXNz', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'bearer  a.b.c'],
  Cookie: [
    'guichet_session=x',
    'guichet_session=%ZZ',
    'guichet_locale=xx; guichet_scheme=%00',
    '=',
    ';;;',
    'a'.repeat(4000),
    '__Host-guichet_session=%22',
  ],
  'Content-Type': [
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'multipart/mixed',
    '/',
    '',
  ],
  'Content-Encoding': ['gzip', 'deflate', 'identity'],
  Forwarded: ['for=x', 'host="a b";proto=x', ';;=,', 'for="[::1]:1"'],
  Expect: ['100-continue', 'the-moon'],
  'Idempotency-Key': ['key', '', ' ', 'x'.repeat(256), 'é', '"quoted"'],
  'If-Match': ['"1"', 'W/"1"', '*', '"0"', '1', '"1", "2"', '"99999999999999999999"'],
  'If-None-Match': ['*', '"1"'],
  'If-Modified-Since': ['yesterday'],
  Range: ['bytes=0-', 'bytes=9-1', 'lines=1'],
  Origin: ['null', 'http://evil.example', 'http://a b', ''],
  Referer: ['http://evil.example/', '\\'],
  'Sec-Fetch-Site': ['cross-site', 'same-origin', 'none', 'x'],
  'Sec-Purpose': ['prefetch'],
  'X-Forwarded-For': ['1.2.3.4', '1.2.3.4:99, ::1', ',', 'unknown', '::ffff:1.2.3.4', '[::1]:1', 'x'.repeat(500)],
  'X-Forwarded-Host': ['evil.example', 'a b', '\\'],
  'X-Forwarded-Proto': ['https', 'javascript'],
  'X-Request-Id': ['short', 'my-request.1234', 'x'.repeat(129), 'with space in it'],
  'X-Remix-Response': ['yes'],
  'X-HTTP-Method-Override': ['DELETE'],
  'X-Trpc-Source': ['x'],
  'Trpc-Accept': ['application/jsonl', 'application/json', 'x'],
  Traceparent: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0-0-0', 'x'],
  Tracestate: ['a=b', '=,='],
  Baggage: ['a=b', '%'],
  Upgrade: ['websocket', 'h2c'],
  'Last-Event-Id': ['1', '\\'],
  'User-Agent': ['', 'Googlebot/2.1', 'x'.repeat(2000)],
};

const oneHeader = fc.oneof(
  ...Object.entries(HEADERS).map(([name, values]) => {
    // A well-formed id of the caller's own stands in the log by right.
    const typed = oddText.map((text) => (name === 'X-Request-Id' ? `${text} ${MARK}` : text));
    return fc
      .oneof({ arbitrary: fc.constantFrom(...values), weight: 3 }, { arbitrary: typed, weight: 1 })
      .map((value) => [name, headerValue(value)] as const);
  }),
);

/** Headers of which each is one that the desk, or what it is built of, looks at. */
export const oddHeaders: fc.Arbitrary<(readonly [string, string])[]> = fc.array(oneHeader, { maxLength: 4 });

/** What may stand in a header and leave it one. */
function headerValue(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t]/gu, ' ')
    .slice(0, 2000);
}
