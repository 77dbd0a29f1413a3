import { describe, expect, it } from 'vitest';
import { type ClockFacts, clockGeometry, endOf, shareUsed } from './clock-geometry.ts';

const running: ClockFacts = {
  status: 'requested',
  received_at: '2026-11-01T00:00:00.000Z',
  first_due_at: '2026-12-01T00:00:00.000Z',
  due_at: '2026-12-01T00:00:00.000Z',
  time_zone: 'UTC',
  extended_at: null,
  decided_at: null,
  completed_at: null,
  updated_at: '2026-11-01T00:00:00.000Z',
  days_left: 15,
};
const extended: ClockFacts = {
  ...running,
  extended_at: '2026-11-20T00:00:00.000Z',
  due_at: '2027-02-01T00:00:00.000Z',
};
const ended: ClockFacts = { ...running, days_left: null, updated_at: '2026-11-25T00:00:00.000Z' };

describe('the bar of the legal clock', () => {
  it('runs from receipt to the deadline while in time', () => {
    const { marks, elapsed, overdue, extension } = clockGeometry(running, '2026-11-16T00:00:00.000Z');
    expect(elapsed).toBeCloseTo(0.5);
    expect(overdue).toBeNull();
    expect(extension).toBeNull();
    expect(marks.map(({ name, x }) => [name, x])).toEqual([
      ['received', 0],
      ['due', 1],
      ['today', 0.5],
    ]);
  });

  it('is not overdue before the last day is over, at whatever time of it the deadline stands', () => {
    expect(clockGeometry(running, '2026-12-01T18:00:00.000Z').overdue).toBeNull();
    expect(clockGeometry({ ...running, time_zone: 'Pacific/Kiritimati' }, '2026-12-01T10:00:00.000Z').overdue).not.toBe(
      null,
    );
  });

  it('runs on to today once overdue', () => {
    const { elapsed, overdue, marks } = clockGeometry(running, '2026-12-11T00:00:00.000Z');
    expect(elapsed).toBeCloseTo(0.75);
    expect(overdue).toEqual({ from: 0.75, to: 1 });
    expect(marks.at(-1)).toMatchObject({ name: 'today', x: 1, anchor: 'end', row: 0 });
  });

  it('shows both deadlines of an extended request', () => {
    const { extension, marks } = clockGeometry(extended, '2026-12-20T00:00:00.000Z');
    expect(extension?.to).toBe(1);
    expect(extension?.from).toBeCloseTo(30 / 92);
    expect(marks.map(({ name }) => name)).toEqual(['received', 'first_due', 'due', 'today']);
  });

  it('stops when the request ended', () => {
    const { marks, overdue, elapsed } = clockGeometry(ended, '2027-06-01T00:00:00.000Z');
    expect(marks.at(-1)).toMatchObject({ name: 'ended', at: '2026-11-25T00:00:00.000Z' });
    expect(elapsed).toBeCloseTo(0.8);
    expect(overdue).toBeNull();
  });

  it('shows an answer that came late', () => {
    const late = { ...ended, updated_at: '2026-12-04T00:00:00.000Z' };
    expect(clockGeometry(late, '2027-06-01T00:00:00.000Z').overdue).toMatchObject({ to: 1 });
  });

  it('never lets two labels of a row touch', () => {
    for (const now of ['2026-11-02', '2026-12-20', '2027-02-15', '2028-12-01', '2036-01-01']) {
      for (const facts of [running, extended]) {
        const below = clockGeometry(facts, `${now}T00:00:00.000Z`).marks.filter((mark) => mark.row > 0);
        for (const [index, mark] of below.entries()) {
          const clash = below.slice(0, index).some((other) => other.row === mark.row && mark.x - other.x < 0.16);
          expect(clash, `${now} ${mark.name}`).toBe(false);
        }
      }
    }
  });

  it('keeps everything on the bar when clocks disagree', () => {
    const { marks, elapsed } = clockGeometry(running, '2026-10-31T23:59:59.000Z');
    expect(elapsed).toBe(0);
    for (const mark of marks) expect(mark.x >= 0 && mark.x <= 1).toBe(true);
  });
});

describe('the end of a request', () => {
  it('is when it was completed, denied or canceled', () => {
    const times = { decided_at: '2026-11-10T00:00:00.000Z', completed_at: '2026-11-12T00:00:00.000Z' };
    expect(endOf({ ...ended, ...times, status: 'completed' })).toBe(times.completed_at);
    expect(endOf({ ...ended, ...times, status: 'denied' })).toBe(times.decided_at);
    expect(endOf({ ...ended, status: 'canceled' })).toBe(ended.updated_at);
    expect(endOf(running)).toBeNull();
  });
});

describe('the share of time used', () => {
  it.each([
    ['2026-10-01T00:00:00.000Z', 0],
    ['2026-11-16T00:00:00.000Z', 0.5],
    ['2027-01-01T00:00:00.000Z', 1],
  ])('at %s is %d', (now, share) => {
    expect(shareUsed(running, now)).toBeCloseTo(share);
  });

  it('is whole without any time', () => {
    expect(shareUsed({ received_at: running.due_at, due_at: running.due_at }, running.due_at)).toBe(1);
  });
});
