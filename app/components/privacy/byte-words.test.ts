import { expect, it } from 'vitest';
import { byteWords } from './byte-words.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [12_345, '12.3 kB'],
  [999_999, '1 MB'],
  [5_400_000_000, '5.4 GB'],
  [7_000_000_000_000, '7,000 GB'],
])('%d bytes', (bytes, words) => {
  expect(byteWords(bytes, 'en-GB')).toBe(words);
});
