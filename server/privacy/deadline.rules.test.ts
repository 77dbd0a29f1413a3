import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legalCalendar } from '../../db/legal-calendar.ts';
import {
  addCalendarMonths,
  addDays,
  daysBetween,
  daysLeft,
  extendedDeadline,
  firstDeadline,
  isReceptionDay,
  isWithinFirstPeriod,
  receivedAt,
  startOfDay,
} from './deadline.rules.ts';

const DAY = 86_400_000;
const paris = legalCalendar('Europe/Paris');
/** From the first zone in which a day begins to nearly the last, with clocks that change at midnight, by half an hour. */
const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'Europe/Paris',
  'Atlantic/Azores',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Los_Angeles',
];
const plain = ZONES.map((zone) => legalCalendar(zone, 'off'));
const calendars = fc.constantFrom(
  ...plain,
  ...ZONES.map((zone) => legalCalendar(zone, 'weekends')),
  ...['FR', 'DE-BY', 'US'].map((holidays) => legalCalendar('Europe/Paris', holidays)),
);
const instants = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2060-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
/** What a wall calendar in that zone shows, by other means than the calendar's own. */
const onTheWall = (instant: Date, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant);
const lastDateOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

describe('dates counted by hand on a printed calendar', () => {
  // The week days are those of GNU cal, the holidays those of the French year.
  test.each([
    ['on a Thursday', '2026-11-26T09:00:00.000Z', '2026-12-28T22:59:59.999Z', '2027-02-26T22:59:59.999Z'],
    // 25 December is a Friday.
    ['Christmas, then a weekend', '2026-11-25T09:00:00.000Z', '2026-12-28T22:59:59.999Z', '2027-02-25T22:59:59.999Z'],
    // 28 February 2026 is a Saturday.
    ['no 31 February', '2026-01-31T10:00:00.000Z', '2026-03-02T22:59:59.999Z', '2026-04-30T21:59:59.999Z'],
    ['a leap day', '2024-01-31T10:00:00.000Z', '2024-02-29T22:59:59.999Z', '2024-04-30T21:59:59.999Z'],
    ['from a leap day', '2024-02-29T10:00:00.000Z', '2024-03-29T22:59:59.999Z', '2024-05-29T21:59:59.999Z'],
    ['Ascension, 14 July', '2026-04-14T10:00:00.000Z', '2026-05-15T21:59:59.999Z', '2026-07-15T21:59:59.999Z'],
    ['Easter Monday', '2026-03-06T10:00:00.000Z', '2026-04-07T21:59:59.999Z', '2026-06-08T21:59:59.999Z'],
    // In Paris it is 1 March already, at half past midnight.
    ['after midnight', '2027-02-28T23:30:00.000Z', '2027-04-01T21:59:59.999Z', '2027-06-01T21:59:59.999Z'],
    ['the first of January', '2026-11-30T23:30:00.000Z', '2027-01-04T22:59:59.999Z', '2027-03-01T22:59:59.999Z'],
    // 25 October 2026 is the Sunday on which summer time ends.
    ['the end of summer time', '2026-09-25T00:30:00.000Z', '2026-10-26T22:59:59.999Z', '2026-12-28T22:59:59.999Z'],
  ])('%s: received %s, due %s, extended %s', (_, received, first, extended) => {
    expect(firstDeadline(new Date(received), paris).toISOString()).toBe(first);
    expect(extendedDeadline(new Date(received), paris).toISOString()).toBe(extended);
  });

  test.each([
    ['Pacific/Kiritimati', 'off', '2026-01-30T10:00:00.000Z', '2026-02-28T09:59:59.999Z'],
    ['Pacific/Kiritimati', 'off', '2026-01-30T09:59:59.999Z', '2026-02-28T09:59:59.999Z'],
    ['Pacific/Kiritimati', 'weekends', '2026-01-30T10:00:00.000Z', '2026-03-02T09:59:59.999Z'],
    ['America/Los_Angeles', 'off', '2026-02-01T07:59:59.999Z', '2026-03-01T07:59:59.999Z'],
    ['America/Los_Angeles', 'off', '2026-02-01T08:00:00.000Z', '2026-03-02T07:59:59.999Z'],
    // 8 March 2026, a Sunday of 23 hours.
    ['America/Los_Angeles', 'off', '2026-02-08T12:00:00.000Z', '2026-03-09T06:59:59.999Z'],
    ['America/Los_Angeles', 'weekends', '2026-02-08T12:00:00.000Z', '2026-03-10T06:59:59.999Z'],
    // 25 October 2026, a Sunday of 25 hours.
    ['Europe/Paris', 'off', '2026-09-25T09:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    ['Europe/Paris', 'weekends', '2026-11-25T09:00:00.000Z', '2026-12-25T22:59:59.999Z'],
  ])('in %s with holidays %s: received %s, due %s', (zone, holidays, received, due) => {
    expect(firstDeadline(new Date(received), legalCalendar(zone, holidays)).toISOString()).toBe(due);
  });

  test('are the same on a machine in any zone', () => {
    const before = process.env.TZ;
    try {
      for (const zone of ZONES) {
        process.env.TZ = zone;
        expect(firstDeadline(new Date('2027-02-28T23:30:00Z'), paris).toISOString()).toBe('2027-04-01T21:59:59.999Z');
        expect(paris.isWorkingDay('2026-04-06')).toBe(false);
        expect(paris.isWorkingDay('2026-04-07')).toBe(true);
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('any date', () => {
  test('a period ends with the last millisecond of its last day, on a day of work', () => {
    fc.assert(
      fc.property(instants, calendars, (received, calendar) => {
        const { timeZone } = calendar;
        for (const due of [firstDeadline(received, calendar), extendedDeadline(received, calendar)]) {
          const last = onTheWall(due, timeZone);
          expect(calendar.isWorkingDay(last)).toBe(true);
          expect(onTheWall(new Date(due.getTime() + 1), timeZone)).toBe(addDays(last, 1));
          expect(calendar.endOf(last)).toEqual(due);
        }
      }),
    );
  });

  test('without days off the last day has the date of receipt, or is the last of its month', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...plain), (received, calendar) => {
        const parts = (instant: Date) => onTheWall(instant, calendar.timeZone).split('-').map(Number);
        const [year = 0, month = 0, date = 0] = parts(received);
        for (const [months, due] of [
          [1, firstDeadline(received, calendar)],
          [3, extendedDeadline(received, calendar)],
        ] as const) {
          const index = year * 12 + month - 1 + months;
          const [dueYear, dueMonth] = [Math.floor(index / 12), (index % 12) + 1];
          expect(parts(due)).toEqual([dueYear, dueMonth, Math.min(date, lastDateOf(dueYear, dueMonth))]);
        }
      }),
    );
  });

  test('days off move the last day on, never back, and over days off alone', () => {
    fc.assert(
      fc.property(instants, calendars, (received, calendar) => {
        const nominal = addCalendarMonths(calendar.dayOf(received), 1);
        const last = calendar.dayOf(firstDeadline(received, calendar));
        for (let day = nominal; day < last; day = addDays(day, 1)) expect(calendar.isWorkingDay(day)).toBe(false);
        expect(daysBetween(nominal, last)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('one who asks later is never answered earlier, and all who ask on one day are due together', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 40 * DAY }), calendars, (received, later, calendar) => {
        const after = new Date(received.getTime() + later);
        const [one, other] = [firstDeadline(received, calendar), firstDeadline(after, calendar)];
        expect(other.getTime()).toBeGreaterThanOrEqual(one.getTime());
        if (calendar.dayOf(received) === calendar.dayOf(after)) expect(other).toEqual(one);
      }),
    );
  });

  test('the days left are a difference of dates, and one number all day long', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -400 * DAY, max: 400 * DAY }), calendars, (due, offset, calendar) => {
        const now = new Date(due.getTime() + offset);
        const [today, last] = [onTheWall(now, calendar.timeZone), onTheWall(due, calendar.timeZone)];
        const left = daysLeft(due, now, calendar);
        expect(addDays(today, left)).toBe(last);
        expect(daysLeft(due, calendar.startOf(today), calendar)).toBe(left);
        expect(daysLeft(due, calendar.endOf(today), calendar)).toBe(left);
        expect(isWithinFirstPeriod(due, now, calendar)).toBe(left >= 0);
      }),
    );
  });

  test('what SQL compares agrees with the days left', () => {
    const days = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: -9 * DAY, max: 9 * DAY }),
        days,
        calendars,
        (due, offset, ahead, calendar) => {
          const now = new Date(due.getTime() + offset);
          expect(due < startOfDay(now, calendar)).toBe(daysLeft(due, now, calendar) < 0);
          expect(due < startOfDay(now, calendar, ahead)).toBe(daysLeft(due, now, calendar) < ahead);
        },
      ),
    );
  });
});

describe('the day on which a wish reached us', () => {
  const now = new Date('2026-03-01T09:30:00.000Z');

  test.each([
    [undefined, now.toISOString()],
    ['2026-03-01', now.toISOString()],
    ['2026-03-02', now.toISOString()],
    ['2026-02-28', '2026-02-28T11:00:00.000Z'],
    ['2025-07-31', '2025-07-31T10:00:00.000Z'],
  ])('%s is kept as %s', (day, kept) => {
    expect(receivedAt(day, now, paris).toISOString()).toBe(kept);
  });

  test('is that day in the zone of the desk', () => {
    fc.assert(
      fc.property(instants, calendars, (at, calendar) => {
        const day = calendar.dayOf(at);
        const told = receivedAt(day, new Date(at.getTime() + 2 * DAY), calendar);
        expect(onTheWall(told, calendar.timeZone)).toBe(day);
      }),
    );
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
