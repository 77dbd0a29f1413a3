import { daysBetween } from '../../../server/privacy/deadline.rules.ts';
import type { PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import { dayIn } from '../ui/date-format.ts';

/** What the legal clock of a request is drawn from; instants as ISO 8601. */
export type ClockFacts = {
  status: PrivacyStatus;
  received_at: string;
  first_due_at: string;
  due_at: string;
  time_zone: string;
  extended_at: string | null;
  decided_at: string | null;
  completed_at: string | null;
  updated_at: string;
  days_left: number | null;
};

export type ClockMark = {
  name: 'received' | 'first_due' | 'due' | 'today' | 'ended';
  at: string;
  /** Where on the bar, 0 to 1. */
  x: number;
  anchor: 'start' | 'middle' | 'end';
  /** Labels of `today` and `ended` stand above the bar (0), the others below it in rows from 1. */
  row: number;
};

export type ClockGeometry = {
  marks: ClockMark[];
  /** How far time has run before the deadline, 0 to 1. */
  elapsed: number;
  /** The stretch beyond the deadline; null in time. */
  overdue: { from: number; to: number } | null;
  /** The stretch that an extension added; null without one. */
  extension: { from: number; to: number } | null;
};

/** A label takes about so much of the bar's width on a phone. */
const LABEL = 0.34;

/** When a request that has ended did so; null while its clock runs. */
export function endOf(request: ClockFacts): string | null {
  if (request.days_left !== null) return null;
  if (request.status === 'completed') return request.completed_at ?? request.updated_at;
  return request.status === 'denied' ? (request.decided_at ?? request.updated_at) : request.updated_at;
}

/** The days from one instant to another in the desk's zone: 0 within a day. */
export function deskDays({ time_zone }: Pick<ClockFacts, 'time_zone'>, from: string, to: string): number {
  const dayOf = dayIn(time_zone);
  return daysBetween(dayOf(from), dayOf(to));
}

/** Where the parts of the legal clock's bar stand, from receipt on the left to the last of its instants. */
export function clockGeometry(request: ClockFacts, now: string): ClockGeometry {
  const ended = endOf(request);
  const start = Date.parse(request.received_at);
  const due = Date.parse(request.due_at);
  const until = Math.max(start, Date.parse(ended ?? now));
  const length = Math.max(due, until) - start || 1;
  const x = (time: number) => Math.min(1, Math.max(0, (time - start) / length));
  const extended = request.extended_at !== null;
  const late = deskDays(request, request.due_at, ended ?? now) > 0;
  const below = placed([
    { name: 'received', at: request.received_at, x: 0 },
    ...(extended
      ? [{ name: 'first_due' as const, at: request.first_due_at, x: x(Date.parse(request.first_due_at)) }]
      : []),
    { name: 'due', at: request.due_at, x: x(due) },
  ]);
  const last = { name: ended ? ('ended' as const) : ('today' as const), at: ended ?? now, x: x(until) };
  return {
    marks: [...below, { ...last, anchor: anchorOf(last.x), row: 0 }],
    elapsed: x(Math.min(until, due)),
    overdue: late ? { from: x(due), to: x(until) } : null,
    extension: extended ? { from: x(Date.parse(request.first_due_at)), to: x(due) } : null,
  };
}

/** How much of its time a request in a list has used, 0 to 1. */
export function shareUsed(request: Pick<ClockFacts, 'received_at' | 'due_at'>, now: string): number {
  const start = Date.parse(request.received_at);
  const length = Date.parse(request.due_at) - start;
  return length > 0 ? Math.min(1, Math.max(0, (Date.parse(now) - start) / length)) : 1;
}

/** Gives each label the first row below the bar in which it touches none of those before it. */
function placed(marks: Omit<ClockMark, 'anchor' | 'row'>[]): ClockMark[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const anchor = anchorOf(mark.x);
    const left = anchor === 'start' ? mark.x : anchor === 'middle' ? mark.x - LABEL / 2 : mark.x - LABEL;
    const free = ends.findIndex((end) => left >= end);
    const row = free === -1 ? ends.length : free;
    ends[row] = left + LABEL;
    return { ...mark, anchor, row: row + 1 };
  });
}

function anchorOf(x: number): ClockMark['anchor'] {
  if (x < LABEL / 2) return 'start';
  return x > 1 - LABEL / 2 ? 'end' : 'middle';
}
