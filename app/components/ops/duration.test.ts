import { describe, expect, it } from 'vitest';
import { durationParts, durationWords } from './duration.ts';

describe('a duration', () => {
  it.each([
    [0, [{ unit: 'second', value: 0 }]],
    [-5, [{ unit: 'second', value: 0 }]],
    [59.6, [{ unit: 'minute', value: 1 }]],
    [
      90,
      [
        { unit: 'minute', value: 1 },
        { unit: 'second', value: 30 },
      ],
    ],
    [3_600, [{ unit: 'hour', value: 1 }]],
    // 23 h 59 min 40 s must not become 23 h 60 min.
    [86_380, [{ unit: 'hour', value: 24 }]],
    [
      199_540,
      [
        { unit: 'day', value: 2 },
        { unit: 'hour', value: 7 },
      ],
    ],
  ])('of %d seconds', (seconds, parts) => {
    expect(durationParts(seconds)).toEqual(parts);
  });

  it('is said in the words of the language', () => {
    expect(durationWords(199_540, 'en-GB')).toBe('2 days 7 hrs');
    expect(durationWords(199_540, 'fr-FR').replaceAll(/\s/g, ' ')).toBe('2 j 7 h');
  });
});
