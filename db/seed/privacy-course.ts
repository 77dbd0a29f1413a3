import type { LegalCalendar } from '../../server/privacy/deadline.rules.ts';
import {
  isAutomaticPrivacyKind,
  isOpenPrivacyRequest,
  PRIVACY_FAILURES,
  type PrivacyKind,
  type PrivacyStatus,
} from '../../server/privacy/privacy.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';
import type { Desk } from './incident-course.ts';
import {
  extendPrivacyRequest,
  movePrivacyRequest,
  type PrivacyHistory,
  receivePrivacyRequest,
} from './privacy-history.ts';
import { DENIAL_REASONS, EXTENSION_REASONS, ON_BEHALF_REASONS, PRIVACY_DETAILS } from './privacy-texts.ts';
import type { Random } from './random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;
/** How soon the desk tries to be done, well inside the month. */
const USUAL_DAYS = 24;

/** The ways to each state, after the check of identity that most requests go through. */
const WAYS: Record<PrivacyStatus, readonly (readonly PrivacyStatus[])[]> = {
  requested: [[]],
  identity_check: [['identity_check']],
  approved: [['approved']],
  processing: [['approved', 'processing']],
  completed: [
    ['approved', 'processing', 'completed'],
    ['approved', 'processing', 'completed'],
    ['approved', 'processing', 'failed', 'processing', 'completed'],
  ],
  failed: [['approved', 'processing', 'failed']],
  denied: [['denied'], ['denied'], ['denied'], ['approved', 'processing', 'failed', 'denied']],
  canceled: [['canceled']],
};

export type Asking = { id: string; locale: Locale };

/** A request received at `receivedAt` that has come to `status` by `desk.now`, by one of the ways that lead there. */
export function livedPrivacyRequest(
  random: Random,
  desk: Desk & { calendar: LegalCalendar },
  receivedAt: Date,
  user: Asking,
  kind: PrivacyKind,
  status: PrivacyStatus,
  extended = false,
): PrivacyHistory {
  const customer = { id: user.id, role: 'user' } as const;
  const agent = random.pick(desk.support);
  const ops = random.pick(desk.ops);
  const asker = random.chance(0.8) ? customer : agent;
  const history = receivePrivacyRequest(random, desk.calendar, receivedAt, asker, {
    user_id: user.id,
    kind,
    details: random.chance(0.85) ? random.pick(PRIVACY_DETAILS[user.locale][kind]) : null,
    on_behalf_reason: asker === agent ? random.pick(ON_BEHALF_REASONS[user.locale]) : null,
  });
  const way = random.pick(waysTo(status, kind));
  const checked = isChecked(status) || (random.chance(0.3) && !mustBeChecked(kind, way)) ? way : withCheck(way);
  const actorOf = (to: PrivacyStatus, from: PrivacyStatus) => {
    if (to === 'identity_check') return agent;
    if (to === 'canceled') return customer;
    if (to === 'processing') return from === 'failed' || !isAutomaticPrivacyKind(kind) ? ops : null;
    if (to === 'failed') return null;
    if (to === 'completed') return kind === 'rectification' ? ops : null;
    return ops;
  };

  const clock = stepClock(random, history, desk.now, status, checked.length + 1);
  if (extended) {
    extendPrivacyRequest(random, desk.calendar, history, clock.human(), ops, random.pick(EXTENSION_REASONS));
  }
  for (const to of checked) {
    const by = actorOf(to, history.request.status);
    const at = waitsForDesk(status, kind) && to === 'approved' ? clock.justNow() : by ? clock.human() : clock.desk();
    movePrivacyRequest(random, history, at, by, to, reasonFor(random, to));
  }
  return history;
}

const isChecked = (status: PrivacyStatus) => status === 'identity_check' || status === 'requested';

/** No erasure is approved without a check of who asked. */
const mustBeChecked = (kind: PrivacyKind, way: readonly PrivacyStatus[]) =>
  kind === 'erasure' && way.includes('approved');

/** What is done by hand does not fail. */
function waysTo(status: PrivacyStatus, kind: PrivacyKind) {
  return isAutomaticPrivacyKind(kind) ? WAYS[status] : WAYS[status].filter((way) => !way.includes('failed'));
}

/** Whether the desk itself carries it out next, which it does within seconds of the approval. */
function waitsForDesk(status: PrivacyStatus, kind: PrivacyKind): boolean {
  return status === 'approved' && isAutomaticPrivacyKind(kind);
}

function withCheck(way: readonly PrivacyStatus[]): readonly PrivacyStatus[] {
  return ['identity_check', ...way];
}

function reasonFor(random: Random, to: PrivacyStatus): string | null {
  if (to === 'denied') return random.pick(DENIAL_REASONS);
  return to === 'failed' ? PRIVACY_FAILURES.gave_up : null;
}

/** Rising instants for the steps: people take a share of the time there is, the desk itself seconds to minutes. */
function stepClock(random: Random, { request }: PrivacyHistory, now: Date, status: PrivacyStatus, steps: number) {
  const start = request.received_at.getTime() + MINUTE;
  const latest = isOpenPrivacyRequest(status) ? now.getTime() : Math.min(now.getTime(), start + USUAL_DAYS * DAY);
  // The first deadline bounds them all, so that an extension always comes in time.
  const end = Math.min(latest, request.first_due_at.getTime()) - 15 * MINUTE;
  const share = Math.max(MINUTE, (end - start) / steps);
  let then = start;
  return {
    human: () => {
      then += Math.floor(share * (0.3 + 0.7 * random.next()));
      return new Date(then);
    },
    justNow: () => new Date(now.getTime() - random.int(1, 9) * MINUTE),
    desk: () => {
      then += random.int(2, 100) * SECOND;
      return new Date(then);
    },
  };
}
