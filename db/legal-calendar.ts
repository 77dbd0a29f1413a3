import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { LegalCalendar } from '../server/privacy/deadline.rules.ts';

/** The desk's zone unless DESK_TIME_ZONE names another, and the public holidays of that zone. */
export const DEFAULT_TIME_ZONE = 'Europe/Paris';
const DEFAULT_HOLIDAYS = 'FR';
/** What PUBLIC_HOLIDAYS may be beside the name of a calendar: Saturdays and Sundays alone, or all days alike. */
const WEEKENDS = 'weekends';
const OFF = 'off';

const NOON = 12 * 3_600_000;
const SATURDAY = 6;

/** Whether it is a zone's IANA name that this system knows. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are taken by Intl, but no place has one all year round by law.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether PUBLIC_HOLIDAYS may be `name`: `off`, `weekends`, or public holidays that are known by a country, its state, a
 * region of it (`FR`, `DE-BY`, `FR-57`).
 */
export function isHolidayCalendar(name: string): boolean {
  if (name === OFF || name === WEEKENDS) return true;
  const [country = '', ...parts] = name.split('-');
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return false;
  const [state, region] = parts;
  if (state !== undefined && !Object.hasOwn(known.getStates(country) ?? {}, state)) return false;
  if (region !== undefined && !Object.hasOwn(known.getRegions(country, state ?? '') ?? {}, region)) return false;
  return parts.length <= 2;
}

/**
 * The days of a desk in `timeZone`. On `holidays` (see {@link isHolidayCalendar}), Saturdays and Sundays it does not
 * work; with `off` it works on all days. Nobody can guess the holidays of another zone than the default one: without a
 * calendar it has `weekends`.
 */
export function legalCalendar(timeZone = DEFAULT_TIME_ZONE, holidays?: string): LegalCalendar {
  const isDayOff = daysOff(holidays ?? (timeZone === DEFAULT_TIME_ZONE ? DEFAULT_HOLIDAYS : WEEKENDS));
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  return {
    timeZone,
    dayOf: (instant) => zoned(instant, timeZone).toPlainDate().toString(),
    startOf: (day) => new Date(startOf(Temporal.PlainDate.from(day))),
    endOf: (day) => new Date(startOf(Temporal.PlainDate.from(day).add({ days: 1 })) - 1),
    noonOf(day) {
      const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' });
      return new Date(noon.epochMilliseconds);
    },
    isWorkingDay: (day) => !isDayOff(day),
  };
}

function zoned(instant: Date, timeZone: string) {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

function daysOff(holidays: string): (day: string) => boolean {
  if (holidays === OFF) return () => false;
  const isHoliday = holidays === WEEKENDS ? () => false : publicHolidays(holidays);
  return (day) => Temporal.PlainDate.from(day).dayOfWeek >= SATURDAY || isHoliday(day);
}

/** Whether a day is a public holiday: one that lasts over its noon, so that half days off are days of work. */
function publicHolidays(name: string): (day: string) => boolean {
  const [country = '', state, region] = name.split('-');
  const calendar = new Holidays({ country, state, region }, { timezone: 'UTC', types: ['public'] });
  const years = new Map<number, ReadonlySet<string>>();
  const holidaysOf = (year: number) => {
    const known = years.get(year) ?? new Set(calendar.getHolidays(year).flatMap(({ start, end }) => days(start, end)));
    years.set(year, known);
    return known;
  };
  // A holiday that begins in one year may end in the next.
  return (day) => [-1, 0].some((before) => holidaysOf(Number(day.slice(0, 4)) + before).has(day));
}

function days(start: Date, end: Date): string[] {
  const found: string[] = [];
  for (let day = new Date(start); day < end; day = new Date(day.getTime() + 2 * NOON)) {
    const noon = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()) + NOON);
    if (noon < day) noon.setUTCDate(noon.getUTCDate() + 1);
    if (noon < end) found.push(noon.toISOString().slice(0, 10));
  }
  return found;
}
