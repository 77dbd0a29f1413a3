import { describe, expect, it } from 'vitest';
import type { ClockFacts } from './clock-geometry.ts';
import { clockWords } from './clock-words.ts';

const request: ClockFacts = {
  status: 'requested',
  received_at: '2026-11-01T10:00:00.000Z',
  first_due_at: '2026-12-01T10:00:00.000Z',
  due_at: '2026-12-01T10:00:00.000Z',
  extended_at: null,
  decided_at: null,
  completed_at: null,
  updated_at: '2026-11-01T10:00:00.000Z',
  days_left: 9,
};
const ended = { ...request, days_left: null };

describe('the words of the legal clock', () => {
  it.each([
    ['days left', request, { key: 'running', count: 9 }],
    ['the last instant', { ...request, days_left: 0 }, { key: 'running', count: 0 }],
    ['extended', { ...request, extended_at: '2026-11-20T00:00:00.000Z' }, { key: 'running_extended', count: 9 }],
    ['overdue', { ...request, days_left: -3 }, { key: 'overdue', count: 3 }],
    [
      'completed in time',
      { ...ended, status: 'completed', completed_at: '2026-11-05T11:00:00.000Z' },
      { key: 'answered', count: 5 },
    ],
    [
      'completed at once',
      { ...ended, status: 'completed', completed_at: request.received_at },
      { key: 'answered', count: 1 },
    ],
    [
      'denied late',
      { ...ended, status: 'denied', decided_at: '2026-12-01T10:00:01.000Z' },
      { key: 'answered_late', count: 1 },
    ],
    [
      'canceled',
      { ...ended, status: 'canceled', updated_at: '2026-11-03T10:00:00.000Z' },
      { key: 'canceled', count: 2 },
    ],
  ] as [string, ClockFacts, ReturnType<typeof clockWords>][])('say %s', (_, facts, words) => {
    expect(clockWords(facts)).toEqual(words);
  });
});
