import { expect, test } from 'vitest';
import { assertSameOrigin } from './cross-origin.ts';

function isTaken(headers: Record<string, string>, publicUrl?: string, host = 'desk.example', method = 'POST'): boolean {
  try {
    assertSameOrigin(new Request('http://inside/', { method, headers }), { host, publicUrl });
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['https://desk.example', true],
  ['http://desk.example', false],
  ['https://desk.example:444', false],
  ['https://DESK.example', false],
  ['ftp://desk.example', false],
  ['https://desk.example.evil.example', false],
  ['null', false],
  ['', false],
])('at a public address, the origin %j is its own: %s', (origin, own) => {
  expect(isTaken({ origin }, 'https://desk.example/path')).toBe(own);
  expect(isTaken({ origin }, 'https://desk.example', origin.split('//')[1])).toBe(own);
});

test.each([
  ['http://desk.example', true],
  ['https://desk.example', true],
  ['ftp://desk.example', false],
  ['http://desk.example:81', false],
  ['http://evil.example', false],
  ['nonsense', false],
])('without one, the origin %j is that of the host asked: %s', (origin, own) => {
  expect(isTaken({ origin })).toBe(own);
});

test.each([
  ['same-origin', true],
  ['none', true],
  ['same-site', false],
  ['cross-site', false],
  ['anything', false],
])('what browsers call %s is taken: %s, also with the own origin', (site, own) => {
  expect(isTaken({ 'sec-fetch-site': site })).toBe(own);
  expect(isTaken({ 'sec-fetch-site': site, origin: 'https://desk.example' }, 'https://desk.example')).toBe(own);
});

test('what changes nothing is not asked where it comes from', () => {
  expect(isTaken({ origin: 'https://evil.example' }, undefined, 'desk.example', 'GET')).toBe(true);
  expect(isTaken({})).toBe(true);
});
