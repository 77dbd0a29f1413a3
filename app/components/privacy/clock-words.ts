import { type ClockFacts, endOf } from './clock-geometry.ts';

const DAY = 86_400_000;

/** The state of a legal clock as a sentence: the key under `privacy.clock_words` with its count. */
export type ClockWords = {
  key: 'running' | 'running_extended' | 'overdue' | 'answered' | 'answered_late' | 'canceled';
  count: number;
};

/** GDPR Art. 12(3) as it stands for one request: days left, days overdue, or days that the answer took or came late. */
export function clockWords(request: ClockFacts): ClockWords {
  const ended = endOf(request);
  if (ended === null) {
    const left = request.days_left ?? 0;
    if (left < 0) return { key: 'overdue', count: -left };
    return { key: request.extended_at ? 'running_extended' : 'running', count: left };
  }
  const days = (from: string, to: string) => Math.ceil((Date.parse(to) - Date.parse(from)) / DAY);
  if (request.status === 'canceled') return { key: 'canceled', count: Math.max(0, days(request.received_at, ended)) };
  if (Date.parse(ended) > Date.parse(request.due_at)) {
    return { key: 'answered_late', count: Math.max(1, days(request.due_at, ended)) };
  }
  return { key: 'answered', count: Math.max(1, days(request.received_at, ended)) };
}
