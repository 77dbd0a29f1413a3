import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { dateFormat } from './date-format.ts';

/** Where the deadline of a privacy request stands, and in which zone its days are counted. */
export type Standing = Pick<PrivacyRequest, 'days_left' | 'due_at' | 'time_zone'>;

/** A key under `privacy.due` and what it takes; null once the request has ended. */
export type DeadlineWords =
  | { key: 'today' | 'tomorrow' }
  | { key: 'in_days'; count: number; date: string }
  | { key: 'late'; count: number }
  | null;

/** THE words for a legal deadline, wherever it stands. `locale` is that of Intl; the date is the day in the desk's zone. */
export function deadlineWords(
  { days_left: left, due_at, time_zone: timeZone }: Standing,
  locale: string,
): DeadlineWords {
  if (left === null) return null;
  if (left < 0) return { key: 'late', count: -left };
  if (left <= 1) return { key: left === 0 ? 'today' : 'tomorrow' };
  const date = dateFormat(locale, { timeZone, day: 'numeric', month: 'short' }).format(new Date(due_at));
  return { key: 'in_days', count: left, date };
}
