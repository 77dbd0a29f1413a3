import { expect, it } from 'vitest';
import { searchTarget } from './search-target.ts';

it.each([
  ['1042', '/incidents?query=1042'],
  [' #1042 ', '/incidents?query=1042'],
  ['zoé', '/users?query=zo%C3%A9'],
  ['a&b=c', '/users?query=a%26b%3Dc'],
  ['12 rue', '/users?query=12%20rue'],
  ['1234567890', '/users?query=1234567890'],
  ['   ', '/users'],
  [`${'a'.repeat(199)}👩b`, `/users?query=${'a'.repeat(199)}%F0%9F%91%A9`],
  ['\ud83d', '/users?query=%EF%BF%BD'],
  ['a\u0000', '/users?query=a'],
])('%j leads to %s', (query, target) => {
  expect(searchTarget(query)).toBe(target);
});
