import { expect, it } from 'vitest';
import { figuresOf } from './figures.ts';

it('sums the dashboard up', () => {
  const figures = figuresOf({
    as_of: '2026-11-22T14:00:00.000Z',
    time_zone: 'Europe/Paris',
    incidents: {
      open: { count: 7, capped: false },
      in_progress: { count: 5, capped: true },
      by_priority: [
        { status: 'open', priority: 'high', count: 3 },
        { status: 'open', priority: 'low', count: 4 },
        { status: 'in_progress', priority: 'high', count: 5 },
      ],
      sampled: false,
      oldest_unassigned: [],
      load: [],
      days: [],
      resolution: null,
    },
    privacy: [
      { kind: 'access', open: 4, overdue: 1, due_soon: 2 },
      { kind: 'erasure', open: 6, overdue: 0, due_soon: 3 },
    ],
    refusals: { acts: [{ action: 'audit_search', denied: 2, failed: 1 }], sign_ins: 9 },
  });
  expect(figures).toEqual({
    live: 12,
    liveCapped: true,
    inProgress: 5,
    high: 8,
    privacyOpen: 10,
    privacyOverdue: 1,
    privacyDueSoon: 5,
    refused: 3,
    signIns: 9,
  });
});
