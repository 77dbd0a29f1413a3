const DAY = 86_400_000;

/** How long the controller has to answer, and by how much it may extend once: GDPR Art. 12(3). */
export const FIRST_DEADLINE_MONTHS = 1;
export const EXTENSION_MONTHS = 2;

/** The days from which a legal deadline is worth a colour, and counts as due soon. */
export const DUE_SOON_DAYS = 7;

/**
 * How the deadline of a request was calculated. `calendar_days` is {@link endOfPeriod}. Requests made before that rule
 * keep what they were given, the same time of day in UTC a month later, until they are extended: `utc_instant`.
 */
export const CLOCK_RULES = ['utc_instant', 'calendar_days'] as const;
export type ClockRule = (typeof CLOCK_RULES)[number];
/** The rule of a request that names none: those made before have no mark. */
export const RULE_BEFORE: ClockRule = 'utc_instant';

/** The desk's days: where they begin and end, and on which of them it works. Days are written YYYY-MM-DD. */
export type LegalCalendar = {
  /** IANA name, DESK_TIME_ZONE. */
  timeZone: string;
  /** The day that an instant belongs to. */
  dayOf(instant: Date): string;
  /** The first instant of a day. */
  startOf(day: string): Date;
  /** The last millisecond of a day. */
  endOf(day: string): Date;
  /** Noon of a day. */
  noonOf(day: string): Date;
  /** Whether the day is neither a Saturday, a Sunday nor a public holiday (Regulation 1182/71 Art. 2). */
  isWorkingDay(day: string): boolean;
};

/** The day `days` after `day`; before it when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The days from one day to another: 0 for the same, 1 for the next. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/**
 * The same date `months` calendar months after `day` or, where that month has no such date, its last day: Regulation
 * (EEC, Euratom) 1182/71 Art. 3(2)(c).
 */
export function addCalendarMonths(day: string, months: number): string {
  const from = new Date(day);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDate = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDate))).toISOString().slice(0, 10);
}

/**
 * The last millisecond of a period of `months` after receipt. The day of receipt is not part of it (Regulation 1182/71
 * Art. 3(1)); it ends with the last hour of the day that has the same date (Art. 3(2)(c)), or of the next working day
 * when that is a Saturday, a Sunday or a public holiday (Art. 3(4)).
 */
export function endOfPeriod(receivedAt: Date, months: number, calendar: LegalCalendar): Date {
  let last = addCalendarMonths(calendar.dayOf(receivedAt), months);
  while (!calendar.isWorkingDay(last)) last = addDays(last, 1);
  return calendar.endOf(last);
}

/** The first deadline of a request received at `receivedAt`: GDPR Art. 12(3), one month of receipt. */
export function firstDeadline(receivedAt: Date, calendar: LegalCalendar): Date {
  return endOfPeriod(receivedAt, FIRST_DEADLINE_MONTHS, calendar);
}

/** The deadline after the one extension: GDPR Art. 12(3), two further months, so three from receipt. */
export function extendedDeadline(receivedAt: Date, calendar: LegalCalendar): Date {
  return endOfPeriod(receivedAt, FIRST_DEADLINE_MONTHS + EXTENSION_MONTHS, calendar);
}

/** Whether the first period is not over, so that it may still be extended: until the end of its last day. */
export function isWithinFirstPeriod(firstDueAt: Date, now: Date, calendar: LegalCalendar): boolean {
  return daysLeft(firstDueAt, now, calendar) >= 0;
}

/** Days until `dueAt` as a difference of dates in the desk's zone: 0 today, 1 tomorrow, -1 one day late. */
export function daysLeft(dueAt: Date, now: Date, calendar: LegalCalendar): number {
  return daysBetween(calendar.dayOf(now), calendar.dayOf(dueAt));
}

/**
 * The first instant of the desk's day that is `days` after today, so that SQL counts as {@link daysLeft} does, whichever
 * rule gave the deadline: `due_at < startOfDay(now, calendar)` exactly when it is overdue.
 */
export function startOfDay(now: Date, calendar: LegalCalendar, days = 0): Date {
  return calendar.startOf(addDays(calendar.dayOf(now), days));
}

/**
 * When a wish reached us that an agent writes down `now`, by the day on which it did: the clock runs from that day.
 * An earlier day is kept as its noon in the desk's zone; today, and what is not told, is now.
 */
export function receivedAt(receivedOn: string | undefined, now: Date, calendar: LegalCalendar): Date {
  if (receivedOn === undefined || receivedOn >= calendar.dayOf(now)) return now;
  return calendar.noonOf(receivedOn);
}

/** Whether a wish may be said to have reached us on that day: within a year, and not after today anywhere on Earth. */
export function isReceptionDay(receivedOn: string, now: Date): boolean {
  const age = now.getTime() - Date.parse(receivedOn);
  // The first place on Earth where a day begins is 14 hours ahead of UTC.
  return age >= -14 * 3_600_000 && age <= 366 * DAY;
}
