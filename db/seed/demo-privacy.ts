import { addDays, firstDeadline } from '../../server/privacy/deadline.rules.ts';
import {
  isAutomaticPrivacyKind,
  isOpenPrivacyRequest,
  PRIVACY_KINDS,
  PRIVACY_STATUSES,
  type PrivacyKind,
  type PrivacyStatus,
} from '../../server/privacy/privacy.rules.ts';
import type { DemoDesk } from './demo-desk.ts';
import { livedPrivacyRequest } from './privacy-course.ts';
import type { PrivacyHistory } from './privacy-history.ts';
import type { UserRow } from './rows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When open requests fall due, in days from today: overdue, today, tomorrow, and on through the month. */
const DUE_DAYS = [-6, -2, -1, 0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27] as const;

const ENDED_EACH = 6;

/** Requests of every kind in every state, with clocks that have run out, run out today, or have been extended. */
export function addPrivacyRequests(desk: DemoDesk, demoCustomer: UserRow): void {
  keep(desk, ...demoCustomerRequests(desk, demoCustomer));
  const taken = new Set<string>();
  let due = 0;
  for (const kind of PRIVACY_KINDS) {
    for (const status of PRIVACY_STATUSES) {
      if (isLeftOut(kind, status)) continue;
      const live = (receivedAt: Date, extended: boolean) => {
        const user = somebody(desk, kind, receivedAt, taken);
        keep(desk, livedPrivacyRequest(desk.random, desk, receivedAt, user, kind, status, extended));
      };
      if (isOpenPrivacyRequest(status)) {
        const running = status === 'requested' ? 9 : 4;
        for (let index = 0; index < running; index++) {
          live(receivedFor(desk, DUE_DAYS[(due++ * 7) % DUE_DAYS.length] ?? 0), false);
        }
        live(desk.ago(desk.random.int(33, 75) * DAY), true);
      } else {
        for (let index = 0; index < ENDED_EACH; index++) live(longAgo(desk), index === 0);
      }
    }
  }
  for (const user of desk.erased) {
    const history = livedPrivacyRequest(desk.random, desk, longAgo(desk), user, 'erasure', 'completed');
    erase(user, history);
    keep(desk, history);
  }
}

/**
 * Erasures are completed for the erased alone. What the desk carries out by itself cannot stand in the middle of it
 * without a desk at work, and what is done by hand does not fail.
 */
function isLeftOut(kind: PrivacyKind, status: PrivacyStatus): boolean {
  if (kind === 'erasure' && status === 'completed') return true;
  return status === (isAutomaticPrivacyKind(kind) ? 'processing' : 'failed');
}

/** An access request that was answered, one that is about to be, and a rectification whose clock is running. */
function demoCustomerRequests(desk: DemoDesk, customer: UserRow): PrivacyHistory[] {
  const { random } = desk;
  const lived = (daysAgo: number, kind: PrivacyKind, status: PrivacyStatus) =>
    livedPrivacyRequest(random, desk, desk.ago(daysAgo * DAY), customer, kind, status);
  return [
    lived(138, 'access', 'completed'),
    lived(64, 'rectification', 'completed'),
    lived(12, 'access', 'approved'),
    lived(9, 'rectification', 'identity_check'),
  ];
}

function keep(desk: DemoDesk, ...histories: PrivacyHistory[]): void {
  for (const { request, events } of histories) {
    desk.privacyRequests.push(request);
    desk.events.push(...events);
  }
}

/** The last reception whose first deadline is `days` from today or, where that is a day off, just before it. */
function receivedFor({ now, calendar, random }: DemoDesk, days: number): Date {
  const due = calendar.endOf(addDays(calendar.dayOf(now), days));
  let day = calendar.dayOf(due);
  while (firstDeadline(calendar.noonOf(day), calendar) > due) day = addDays(day, -1);
  const received = new Date(calendar.noonOf(day).getTime() + random.int(-HOUR, HOUR));
  return received < now ? received : new Date(now.getTime() - HOUR);
}

function longAgo(desk: DemoDesk): Date {
  return desk.ago(desk.random.int(34, 150) * DAY + desk.random.int(0, 20) * HOUR);
}

/** A customer of that time who has had no request of this kind. */
function somebody(desk: DemoDesk, kind: PrivacyKind, receivedAt: Date, taken: Set<string>): UserRow {
  for (;;) {
    const user = desk.random.pick(desk.customers);
    const key = `${user.id} ${kind}`;
    if (user.created_at >= receivedAt || taken.has(key)) continue;
    taken.add(key);
    return user;
  }
}

function erase(user: UserRow, { request }: PrivacyHistory): void {
  request.details = null;
  request.on_behalf_reason = null;
  user.erased_at = request.completed_at;
  user.updated_at = request.completed_at ?? user.updated_at;
}
