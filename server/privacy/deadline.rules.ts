const DAY = 86_400_000;

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
