import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { Random } from './random.ts';

const draw = (random: Random) => Array.from({ length: 20 }, () => random.int(1, 1_000_000));

test('repeats itself for the same keys alone', () => {
  expect(draw(new Random(3, 77))).toEqual(draw(new Random(9).reseed(3, 77)));
  expect(draw(new Random(3, 77))).not.toEqual(draw(new Random(3, 78)));
  expect(draw(new Random(3, 77))).not.toEqual(draw(new Random(4, 77)));
});

test('makes UUIDv7 that carry their instant', () => {
  const at = new Date('2026-02-28T23:59:59.999Z');
  const id = new Random(1).id(at);
  expect(validate(id) && version(id)).toBe(7);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at.getTime());
});

test('draws as often as the weights say', () => {
  const random = new Random(1);
  const drawn = Array.from({ length: 10_000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }));
  const share = drawn.filter((key) => key === 'seldom').length / drawn.length;
  expect(share).toBeGreaterThan(0.08);
  expect(share).toBeLessThan(0.12);
  expect(drawn).not.toContain('never');
});
