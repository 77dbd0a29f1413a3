import * as fc from 'fast-check';
import type { Damage, Input } from './input.ts';
import { MARK, TYPED } from './input.ts';

const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'get',
  'G E T',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PRI',
  'BREW',
  '',
  '\u0000',
  'M-SEARCH',
  'PURGE',
];
const TARGETS = [
  '/',
  '*',
  '/login',
  '/v1/me',
  '/trpc/me.get',
  'http://desk.example/login',
  'http://',
  'http://a:b@c/',
  'https://[::1',
  '//',
  '/\\',
  '/%',
  '/%00',
  '/a b',
  '/?',
  '?',
  '#',
  '/#a',
  'desk.example:443',
  '/../../x',
  '/v1/../login',
  '/é',
  '/healthz',
  '/readyz',
  '/assets/../../package.json',
  '/assets/%2e%2e/x',
  '/favicon.svg',
  `/${'a'.repeat(9000)}`,
];
const HEADS: readonly (readonly [string, string])[] = [
  ['Content-Length', '-1'],
  ['Content-Length', '+1'],
  ['Content-Length', '1, 1'],
  ['Content-Length', '99999999999999999999'],
  ['Content-Length', '2000000'],
  ['Content-Length', '5'],
  ['Content-Length', '0x5'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'chunked, chunked'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', 'xchunked'],
  ['Transfer-Encoding ', 'chunked'],
  ['Host', ''],
  ['Host', 'a b'],
  ['Host', 'a:99999'],
  ['Host', '[::1'],
  ['Host', 'é'],
  ['Host', `${MARK}.example`],
  ['Host', 'a@b'],
  ['Host', 'xn--a'],
  ['Expect', '100-continue'],
  ['Connection', 'upgrade'],
  ['Connection', 'keep-alive, \u0001'],
  ['Upgrade', 'websocket'],
  ['Trailer', 'Host'],
  ['Cookie', `\u0000${MARK}`],
  ['X', 'a\r\n folded'],
  ['', 'nameless'],
  ['X Y', 'spaced'],
  ['X', 'x'.repeat(17_000)],
];
const BODIES = [
  '',
  'x',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\n',
  'ffffffffffffffff\r\n',
  '5;a="b\r\nhello\r\n0\r\nHost: x\r\n\r\n',
  '-1\r\n',
  '5\nhello\n0\n\n',
  'GET /v1/me HTTP/1.1\r\nHost: a\r\n\r\n',
  '\r\n\r\n\r\n',
];
const BYTES = ['\r', '\n', '\r\n', '\u0000', ' ', ':', '\t', '%', '\\', 'é', '\r\n\r\n', '\u007f', '\u00ff'];

/** Requests of which hardly anything is right. */
export function rawInput(): fc.Arbitrary<Omit<Input, 'who' | 'damage'>> {
  const host = fc.oneof(
    { arbitrary: fc.constant([['Host', 'desk.example'] as const]), weight: 3 },
    { arbitrary: fc.constant([]), weight: 1 },
  );
  return fc
    .record({
      method: fc.constantFrom(...METHODS),
      target: fc.oneof(
        fc.constantFrom(...TARGETS),
        fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `/${TYPED}${text}`),
      ),
      host,
      heads: fc.array(fc.constantFrom(...HEADS), { maxLength: 4 }),
      body: fc.constantFrom(...BODIES),
    })
    .map(({ method, target, host: named, heads, body }) => ({
      kind: 'raw' as const,
      method,
      target: target.toWellFormed(),
      headers: [...named, ...heads],
      body: Buffer.from(body, 'latin1'),
      framing: 'none' as const,
    }));
}

/** What becomes of a few bytes on their way, a connection that breaks off among it. */
export function damage(): fc.Arbitrary<Damage[]> {
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const one = fc.oneof(
    fc.record({ at, does: fc.constantFrom('drop' as const, 'cut' as const, 'leave' as const, 'double' as const) }),
    fc.record({ at, does: fc.constant('put' as const), bytes: fc.constantFrom(...BYTES) }),
  );
  return fc.array(one, { minLength: 1, maxLength: 3 });
}
