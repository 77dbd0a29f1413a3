import type { AuditAction } from '../audit/audit.rules.ts';
import { can, type Permission, type Role } from '../identity/roles.rules.ts';
import { isWithinFirstPeriod, type LegalCalendar } from './deadline.rules.ts';

export const PRIVACY_KINDS = ['access', 'erasure', 'rectification'] as const;
export const PRIVACY_STATUSES = [
  'requested',
  'identity_check',
  'approved',
  'processing',
  'completed',
  'failed',
  'denied',
  'canceled',
] as const;

/** Characters that what is asked, and the reason of an act, may have. */
export const DETAILS_MAX = 2_000;
export const REASON_MAX = 2_000;
export const IDENTITY_NOTE_MAX = 1_000;

/** How the identity of a person who asks was checked (GDPR Art. 12(6)). */
export const IDENTITY_MEANS = ['document', 'known_channel', 'code', 'other'] as const;
export type IdentityMeans = (typeof IDENTITY_MEANS)[number];

export type PrivacyKind = (typeof PRIVACY_KINDS)[number];
export type PrivacyStatus = (typeof PRIVACY_STATUSES)[number];

export const OPEN_PRIVACY_STATUSES = [
  'requested',
  'identity_check',
  'approved',
  'processing',
  'failed',
] as const satisfies readonly PrivacyStatus[];

/** THE transition table of privacy requests. */
export const PRIVACY_TRANSITIONS: Record<PrivacyStatus, readonly PrivacyStatus[]> = {
  requested: ['identity_check', 'approved', 'denied', 'canceled'],
  identity_check: ['approved', 'denied', 'canceled'],
  approved: ['processing'],
  processing: ['completed', 'failed'],
  failed: ['processing', 'denied'],
  completed: [],
  denied: [],
  canceled: [],
};

/** Whether the table has this pair; not whether anybody may do it by hand. */
export function canTransitionPrivacyRequest(from: PrivacyStatus, to: PrivacyStatus): boolean {
  return PRIVACY_TRANSITIONS[from].includes(to);
}

export function isOpenPrivacyRequest(status: PrivacyStatus): boolean {
  return (OPEN_PRIVACY_STATUSES as readonly PrivacyStatus[]).includes(status);
}

/** The statuses in which nothing has been decided, so that the customer may still take the request back. */
export const UNDECIDED_PRIVACY_STATUSES = ['requested', 'identity_check'] as const satisfies readonly PrivacyStatus[];

/** What people do to a privacy request. Processing itself is the desk's own work and no act. */
export const PRIVACY_ACTS = ['verify_identity', 'approve', 'deny', 'extend', 'retry', 'complete', 'cancel'] as const;
export type PrivacyAct = (typeof PRIVACY_ACTS)[number];

export type PrivacyActRule = {
  from: readonly PrivacyStatus[];
  /** Where it leads; `extend` moves the deadline and leaves the status alone. */
  to: PrivacyStatus | null;
  /** The kinds that it is for; every kind unless told. */
  kinds?: readonly PrivacyKind[];
  permission: Permission;
  needsReason: boolean;
  action: AuditAction;
};

/** The steps of processing; `done` of `total` tells rows written, or tables erased. */
export const PRIVACY_STEPS = { access: ['export'], erasure: ['erase'] } as const;
export type PrivacyStep = (typeof PRIVACY_STEPS)[keyof typeof PRIVACY_STEPS][number];
export type PrivacyProgress = { step: PrivacyStep; done: number; total: number };

/** Why the desk could not carry a request out, in the words that its `reason` then has. */
export const PRIVACY_FAILURES = {
  agent_account: 'The account belongs to an agent; take the role away first.',
  open_incidents: 'Incidents of the account are not finished; resolve or close them first.',
  account_erased: 'The account was erased before the request was carried out.',
  mentions_found: 'Texts of other people name this person; edit them or keep them on a ground, then try again.',
  gave_up: 'Something went wrong on our side each time it was tried; the log has the cause.',
} as const;
export type PrivacyFailure = keyof typeof PRIVACY_FAILURES;

/** The kinds that the desk carries out by itself once they are approved; a rectification is done by hand. */
export const AUTOMATIC_PRIVACY_KINDS = ['access', 'erasure'] as const satisfies readonly PrivacyKind[];

export function isAutomaticPrivacyKind(kind: PrivacyKind): boolean {
  return (AUTOMATIC_PRIVACY_KINDS as readonly PrivacyKind[]).includes(kind);
}

/** THE table of acts. Every `from` -> `to` lies on {@link PRIVACY_TRANSITIONS} or stays: see {@link privacyStepsTo}. */
export const PRIVACY_ACT_RULES: Record<PrivacyAct, PrivacyActRule> = {
  // A check can be recorded again: the first may have used poor means, and older requests have none recorded.
  verify_identity: {
    from: UNDECIDED_PRIVACY_STATUSES,
    to: 'identity_check',
    permission: 'privacy:verify_identity',
    needsReason: false,
    action: 'privacy_request_verify_identity',
  },
  approve: {
    from: UNDECIDED_PRIVACY_STATUSES,
    to: 'approved',
    permission: 'privacy:decide',
    needsReason: false,
    action: 'privacy_request_approve',
  },
  // GDPR Art. 12(4): whoever is refused is told why.
  deny: {
    from: ['requested', 'identity_check', 'failed'],
    to: 'denied',
    permission: 'privacy:decide',
    needsReason: true,
    action: 'privacy_request_deny',
  },
  // GDPR Art. 12(3): the extension comes with its reasons.
  extend: {
    from: OPEN_PRIVACY_STATUSES,
    to: null,
    permission: 'privacy:decide',
    needsReason: true,
    action: 'privacy_request_extend',
  },
  retry: {
    from: ['failed'],
    to: 'processing',
    permission: 'privacy:decide',
    needsReason: false,
    action: 'privacy_request_retry',
  },
  complete: {
    from: ['approved', 'processing'],
    to: 'completed',
    kinds: ['rectification'],
    permission: 'privacy:decide',
    needsReason: false,
    action: 'privacy_request_complete',
  },
  cancel: {
    from: UNDECIDED_PRIVACY_STATUSES,
    to: 'canceled',
    permission: 'privacy:create',
    needsReason: false,
    action: 'privacy_request_cancel',
  },
};

/** The permission of each act. */
export const PRIVACY_ACT_PERMISSIONS = Object.fromEntries(
  PRIVACY_ACTS.map((act) => [act, PRIVACY_ACT_RULES[act].permission]),
) as Record<PrivacyAct, Permission>;

/** Whether the table of acts has this act for a request of this kind in this status. */
export function isPrivacyActFor(act: PrivacyAct, from: PrivacyStatus, kind: PrivacyKind): boolean {
  const rule = PRIVACY_ACT_RULES[act];
  return rule.from.includes(from) && (rule.kinds ?? PRIVACY_KINDS).includes(kind);
}

/** The statuses that `role` may move a request of this kind to by an act; where the desk itself moves it, none. */
export function allowedPrivacyTransitions(
  from: PrivacyStatus,
  role: Role,
  kind: PrivacyKind,
): readonly PrivacyStatus[] {
  const reached = PRIVACY_ACTS.filter((act) => isPrivacyActFor(act, from, kind)).flatMap((act) => {
    const { to, permission } = PRIVACY_ACT_RULES[act];
    return to && to !== from && can(role, permission) ? [to] : [];
  });
  return PRIVACY_STATUSES.filter((status) => reached.includes(status));
}

/** What `role` may do to the request now; an extension only once, and until the first period is over. */
export function allowedPrivacyActs(
  request: { status: PrivacyStatus; kind: PrivacyKind; firstDueAt: Date; extendedAt: Date | null },
  role: Role,
  { now, calendar }: { now: Date; calendar: LegalCalendar },
): readonly PrivacyAct[] {
  const extendable = request.extendedAt === null && isWithinFirstPeriod(request.firstDueAt, now, calendar);
  return PRIVACY_ACTS.filter(
    (act) =>
      isPrivacyActFor(act, request.status, request.kind) &&
      can(role, PRIVACY_ACT_RULES[act].permission) &&
      (act !== 'extend' || extendable),
  );
}

/**
 * The statuses to pass through from `from` to `to`, `to` included, each step in the transition table; none when it is
 * there already, null where there is no such way. The one act that takes two steps is `complete` by hand of what was approved: it is processed and
 * completed at once.
 */
export function privacyStepsTo(from: PrivacyStatus, to: PrivacyStatus): readonly PrivacyStatus[] | null {
  if (from === to) return [];
  if (canTransitionPrivacyRequest(from, to)) return [to];
  return from === 'approved' && to === 'completed' ? ['processing', 'completed'] : null;
}
