import { expect, it } from 'vitest';
import { byUrgency } from './queue-order.ts';

it('puts high priority first, and then who has waited longest', () => {
  const incident = (id: string, priority: 'low' | 'medium' | 'high', day: number) => ({
    id,
    priority,
    created_at: `2026-01-0${day}T00:00:00.000Z`,
  });
  const sorted = byUrgency([
    incident('a', 'low', 1),
    incident('b', 'high', 3),
    incident('c', 'medium', 2),
    incident('d', 'high', 2),
  ]);
  expect(sorted.map(({ id }) => id).join('')).toBe('dbca');
});
