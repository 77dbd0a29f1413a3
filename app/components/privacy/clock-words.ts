import { type ClockFacts, deskDays, endOf } from './clock-geometry.ts';

/** How the legal clock of a request ended: a key under `privacy.clock_words`, with its count of days. */
export type ClockWords =
  | { key: 'answered' | 'answered_late' | 'canceled'; count: number }
  | { key: 'answered_same_day' | 'canceled_same_day' };

/** GDPR Art. 12(3) for a request that has ended: the days of the desk that the answer took or came late; else null. */
export function clockWords(request: ClockFacts): ClockWords | null {
  const ended = endOf(request);
  if (ended === null) return null;
  const count = Math.max(0, deskDays(request, request.received_at, ended));
  if (request.status === 'canceled') return count === 0 ? { key: 'canceled_same_day' } : { key: 'canceled', count };
  const late = deskDays(request, request.due_at, ended);
  if (late > 0) return { key: 'answered_late', count: late };
  return count === 0 ? { key: 'answered_same_day' } : { key: 'answered', count };
}
