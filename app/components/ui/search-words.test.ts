import { expect, it } from 'vitest';
import { searchWords } from './search-words.ts';

it.each([
  [null, ''],
  ['   ', ''],
  [' Inès ', 'Inès'],
  ['a\u0000b', 'ab'],
  ['\uD83D', '\uFFFD'],
  ['🌻'.repeat(300), '🌻'.repeat(200)],
])('takes %j as %j', (query, words) => {
  expect(searchWords(query)).toBe(words);
});
