const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long the controller has to answer, and by how much it may extend once: GDPR Art. 12(3). */
export const FIRST_DEADLINE_MONTHS = 1;
export const EXTENSION_MONTHS = 2;

/**
 * `months` calendar months after `from`, in UTC: the same day of that month or, where the month has no such day,
 * its last day (Regulation 1182/71 Art. 3(2)(c)). The time of day is kept.
 */
export function addCalendarMonths(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to;
}

/**
 * When a wish reached us that an agent writes down `now`, by the day (YYYY-MM-DD) on which it did: the clock runs from
 * that day. Noon in UTC is that day almost everywhere; today, and what is not told, is now.
 */
export function receivedAt(receivedOn: string | undefined, now: Date): Date {
  if (receivedOn === undefined || receivedOn >= now.toISOString().slice(0, 10)) return now;
  return new Date(`${receivedOn}T12:00:00.000Z`);
}

/** Whether a wish may be said to have reached us on that day: within a year, and not after today anywhere on Earth. */
export function isReceptionDay(receivedOn: string, now: Date): boolean {
  const age = now.getTime() - Date.parse(receivedOn);
  // The first place on Earth where a day begins is 14 hours ahead of UTC.
  return age >= -14 * HOUR && age <= 366 * DAY;
}

/** The first deadline of a request received at `receivedAt`: GDPR Art. 12(3), one month of receipt. */
export function firstDeadline(receivedAt: Date): Date {
  return addCalendarMonths(receivedAt, FIRST_DEADLINE_MONTHS);
}

/** The deadline after the one extension, counted from receipt: GDPR Art. 12(3), two further months. */
export function extendedDeadline(receivedAt: Date): Date {
  return addCalendarMonths(receivedAt, FIRST_DEADLINE_MONTHS + EXTENSION_MONTHS);
}

/** Days until `dueAt`, begun days counted whole: positive before the deadline, negative after it. */
export function daysLeft(dueAt: Date, now: Date): number {
  const days = (dueAt.getTime() - now.getTime()) / DAY;
  return days >= 0 ? Math.ceil(days) : Math.floor(days);
}
