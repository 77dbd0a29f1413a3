import { describe, expect, it } from 'vitest';
import type { ClockFacts } from './clock-geometry.ts';
import { clockWords } from './clock-words.ts';

const running: ClockFacts = {
  status: 'requested',
  received_at: '2026-11-01T10:00:00.000Z',
  first_due_at: '2026-12-01T22:59:59.999Z',
  due_at: '2026-12-01T22:59:59.999Z',
  time_zone: 'Europe/Paris',
  extended_at: null,
  decided_at: null,
  completed_at: null,
  updated_at: '2026-11-01T10:00:00.000Z',
  days_left: 9,
};
const request = { ...running, days_left: null };
const before = { ...request, due_at: '2026-12-01T10:00:00.000Z' };
const completed = (at: string) => ({ status: 'completed', completed_at: at }) as const;
const denied = (at: string) => ({ status: 'denied', decided_at: at }) as const;
const canceled = (at: string) => ({ status: 'canceled', updated_at: at }) as const;

describe('the words of a legal clock that has ended', () => {
  it.each([
    ['completed in time', { ...request, ...completed('2026-11-05T11:00:00.000Z') }, { key: 'answered', count: 4 }],
    ['completed at once', { ...request, ...completed(request.received_at) }, { key: 'answered_same_day' }],
    // Half past midnight in Paris.
    ['the next day', { ...request, ...completed('2026-11-01T23:30:00.000Z') }, { key: 'answered', count: 1 }],
    ['the last instant', { ...request, ...denied('2026-12-01T22:59:59.999Z') }, { key: 'answered', count: 30 }],
    ['one too late', { ...request, ...denied('2026-12-01T23:00:00.000Z') }, { key: 'answered_late', count: 1 }],
    [
      'on the last day, by the old rule',
      { ...before, ...denied('2026-12-01T18:00:00.000Z') },
      { key: 'answered', count: 30 },
    ],
    ['late, by the old rule', { ...before, ...denied('2026-12-03T09:00:00.000Z') }, { key: 'answered_late', count: 2 }],
    ['canceled', { ...request, ...canceled('2026-11-03T10:00:00.000Z') }, { key: 'canceled', count: 2 }],
    ['canceled at once', { ...request, ...canceled('2026-11-01T12:00:00.000Z') }, { key: 'canceled_same_day' }],
  ] as [string, ClockFacts, ReturnType<typeof clockWords>][])('say %s', (_, facts, words) => {
    expect(clockWords(facts)).toEqual(words);
  });

  it('are none while it runs', () => {
    expect(clockWords(running)).toBeNull();
  });
});
