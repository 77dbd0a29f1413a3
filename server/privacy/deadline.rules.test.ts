import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addCalendarMonths,
  daysLeft,
  extendedDeadline,
  firstDeadline,
  isReceptionDay,
  receivedAt,
} from './deadline.rules.ts';

const DAY = 86_400_000;
const lastDayOf = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
const instants = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('hard dates', () => {
  test.each([
    // received, first deadline, after the extension
    ['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z', '2026-04-30T10:00:00.000Z'],
    ['2024-01-31T10:00:00.000Z', '2024-02-29T10:00:00.000Z', '2024-04-30T10:00:00.000Z'],
    ['2024-01-29T10:00:00.000Z', '2024-02-29T10:00:00.000Z', '2024-04-29T10:00:00.000Z'],
    ['2023-01-29T10:00:00.000Z', '2023-02-28T10:00:00.000Z', '2023-04-29T10:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', '2024-03-29T00:00:00.000Z', '2024-05-29T00:00:00.000Z'],
    ['2026-02-28T00:00:00.000Z', '2026-03-28T00:00:00.000Z', '2026-05-28T00:00:00.000Z'],
    ['2026-03-31T12:00:00.000Z', '2026-04-30T12:00:00.000Z', '2026-06-30T12:00:00.000Z'],
    ['2026-05-31T12:00:00.000Z', '2026-06-30T12:00:00.000Z', '2026-08-31T12:00:00.000Z'],
    ['2026-11-30T23:59:59.999Z', '2026-12-30T23:59:59.999Z', '2027-02-28T23:59:59.999Z'],
    ['2026-12-31T23:59:59.999Z', '2027-01-31T23:59:59.999Z', '2027-03-31T23:59:59.999Z'],
    ['2027-11-30T08:00:00.000Z', '2027-12-30T08:00:00.000Z', '2028-02-29T08:00:00.000Z'],
    ['1999-11-30T08:00:00.000Z', '1999-12-30T08:00:00.000Z', '2000-02-29T08:00:00.000Z'],
    ['2099-11-30T08:00:00.000Z', '2099-12-30T08:00:00.000Z', '2100-02-28T08:00:00.000Z'],
    ['2026-08-31T00:00:00.000Z', '2026-09-30T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    // The night in which European clocks change: nothing moves, for days are counted in UTC.
    ['2026-02-28T01:30:00.000Z', '2026-03-28T01:30:00.000Z', '2026-05-28T01:30:00.000Z'],
    ['2026-09-25T00:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-12-25T00:30:00.000Z'],
  ])('received %s: due %s, extended %s', (received, first, extended) => {
    expect(firstDeadline(new Date(received)).toISOString()).toBe(first);
    expect(extendedDeadline(new Date(received)).toISOString()).toBe(extended);
  });

  test.each([
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Europe/Paris',
    'America/St_Johns',
  ])('are the same on a machine in %s', (zone) => {
    const before = process.env.TZ;
    process.env.TZ = zone;
    try {
      expect(firstDeadline(new Date('2026-01-31T23:30:00Z')).toISOString()).toBe('2026-02-28T23:30:00.000Z');
      expect(extendedDeadline(new Date('2026-11-30T00:30:00Z')).toISOString()).toBe('2027-02-28T00:30:00.000Z');
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('any date', () => {
  test('the deadline is the same day of the month meant, or its last day, at the same time of day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 36 }), (from, months) => {
        const to = addCalendarMonths(from, months);
        const index = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
        const [year, month] = [Math.floor(index / 12), index % 12];
        expect([to.getUTCFullYear(), to.getUTCMonth()]).toEqual([year, month]);
        expect(to.getUTCDate()).toBe(Math.min(from.getUTCDate(), lastDayOf(year, month)));
        expect(to.getTime() % DAY).toBe(from.getTime() % DAY);
      }),
    );
  });

  test('a month is 28 to 31 days, an extended deadline 89 to 92, and later receipts never fall due earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 40 * DAY }), (received, later) => {
        const days = (to: Date) => (to.getTime() - received.getTime()) / DAY;
        expect(days(firstDeadline(received))).toBeGreaterThanOrEqual(28);
        expect(days(firstDeadline(received))).toBeLessThanOrEqual(31);
        expect(days(extendedDeadline(received))).toBeGreaterThanOrEqual(89);
        expect(days(extendedDeadline(received))).toBeLessThanOrEqual(92);
        const startOfDay = (date: Date) => Math.floor(date.getTime() / DAY);
        const after = new Date(received.getTime() + later);
        expect(startOfDay(firstDeadline(after))).toBeGreaterThanOrEqual(startOfDay(firstDeadline(received)));
      }),
    );
  });

  test('the days left count begun days whole, and turn negative with the first day overdue', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -400 * DAY, max: 400 * DAY }), (due, offset) => {
        const left = daysLeft(due, new Date(due.getTime() - offset));
        expect(Math.abs(left)).toBe(Math.ceil(Math.abs(offset) / DAY));
        expect(Math.sign(left)).toBe(Math.sign(offset) || 0);
      }),
    );
  });
});

describe('the day on which a wish reached us', () => {
  const now = new Date('2026-03-01T09:30:00.000Z');

  test.each([
    [undefined, now.toISOString()],
    ['2026-03-01', now.toISOString()],
    ['2026-03-02', now.toISOString()],
    ['2026-02-28', '2026-02-28T12:00:00.000Z'],
    ['2025-12-31', '2025-12-31T12:00:00.000Z'],
  ])('%s is kept as %s', (day, kept) => {
    expect(receivedAt(day, now).toISOString()).toBe(kept);
  });

  test.each([
    ['2026-03-01', now, true],
    ['2026-03-02', now, false],
    // It is the second already where clocks are 14 hours ahead.
    ['2026-03-02', new Date('2026-03-01T10:00:00.000Z'), true],
    ['2025-03-01', now, true],
    ['2025-02-27', now, false],
  ])('%s, told at %s, may be: %s', (day, at, may) => {
    expect(isReceptionDay(day, at)).toBe(may);
  });
});
