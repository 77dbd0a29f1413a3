import { describe, expect, test } from 'vitest';
import { isHolidayCalendar, isTimeZone, legalCalendar } from './legal-calendar.ts';

const weekDays = (year: number) =>
  Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)))
    .filter((day) => day.getUTCFullYear() === year && ![0, 6].includes(day.getUTCDay()))
    .map((day) => day.toISOString().slice(0, 10));
const holidays = (year: number, calendar = legalCalendar()) =>
  weekDays(year).filter((day) => !calendar.isWorkingDay(day));

describe('days of work', () => {
  // As printed on the calendars of these years; the other holidays fall on weekends.
  test.each([
    [2026, '01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25'],
    [2027, '01-01 03-29 05-06 05-17 07-14 11-01 11-11'],
    [2028, '04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 12-25'],
  ])('of a desk in Paris leave out in %d: %s', (year, days) => {
    expect(holidays(year)).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  test('leave out Saturdays and Sundays, unless that is switched off', () => {
    const days = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-25'];
    const work = (calendar: ReturnType<typeof legalCalendar>) => days.map((day) => calendar.isWorkingDay(day));
    expect(work(legalCalendar())).toEqual([true, false, false, true, false]);
    expect(work(legalCalendar('Europe/Paris', 'weekends'))).toEqual([true, false, false, true, true]);
    expect(work(legalCalendar('Asia/Tokyo'))).toEqual([true, false, false, true, true]);
    expect(work(legalCalendar('Europe/Paris', 'off'))).toEqual([true, true, true, true, true]);
  });

  test('follow the calendar of a country or of a part of it', () => {
    const epiphany = '2027-01-06';
    expect(legalCalendar('Europe/Berlin', 'DE').isWorkingDay(epiphany)).toBe(true);
    expect(legalCalendar('Europe/Berlin', 'DE-BY').isWorkingDay(epiphany)).toBe(false);
  });
});

describe('a day', () => {
  test.each([
    ['Europe/Paris', '2026-03-29', 23],
    ['Europe/Paris', '2026-10-25', 25],
    ['Europe/Paris', '2026-11-26', 24],
    // Clocks go from midnight to one: the day begins at one.
    ['Africa/Cairo', '2026-04-24', 23],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Pacific/Kiritimati', '2026-04-05', 24],
  ])('in %s, %s, has %d hours', (zone, day, hours) => {
    const calendar = legalCalendar(zone);
    const [start, end] = [calendar.startOf(day), calendar.endOf(day)];
    expect((end.getTime() + 1 - start.getTime()) / 3_600_000).toBe(hours);
    for (const instant of [start, calendar.noonOf(day), end]) expect(calendar.dayOf(instant)).toBe(day);
    expect(calendar.dayOf(new Date(start.getTime() - 1)) < day).toBe(true);
  });
});

describe('names', () => {
  test.each([
    ['Europe/Paris', true],
    ['Pacific/Kiritimati', true],
    ['UTC', true],
    ['+02:00', false],
    ['Europe/Pariss', false],
    ['Paris', false],
    ['', false],
  ])('%s is a time zone: %s', (name, is) => {
    expect(isTimeZone(name)).toBe(is);
  });

  test.each([
    ['FR', true],
    ['FR-57', true],
    ['DE-BY', true],
    ['DE-BY-A', true],
    ['weekends', true],
    ['off', true],
    ['fr', false],
    ['XX', false],
    ['DE-XX', false],
    ['DE-BY-A-A', false],
    ['constructor', false],
    ['FR-constructor', false],
  ])('%s is a calendar of holidays: %s', (name, is) => {
    expect(isHolidayCalendar(name)).toBe(is);
  });
});
