import { describe, expect, test } from 'vitest';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { AUDIT_ACTIONS } from '../audit/audit.rules.ts';
import { can, ROLES, type Role } from '../identity/roles.rules.ts';
import {
  allowedPrivacyActs,
  allowedPrivacyTransitions,
  canTransitionPrivacyRequest,
  PRIVACY_ACT_RULES,
  PRIVACY_ACTS,
  PRIVACY_KINDS,
  PRIVACY_STATUSES,
  type PrivacyKind,
  type PrivacyStatus,
  privacyStepsTo,
} from './privacy.rules.ts';

/** The state machine as the design has it, written out again. */
const DESIGN = new Set([
  'requested identity_check',
  'requested approved',
  'requested denied',
  'requested canceled',
  'identity_check approved',
  'identity_check denied',
  'identity_check canceled',
  'approved processing',
  'processing completed',
  'processing failed',
  'failed processing',
  'failed denied',
]);

/** Where each role may move a request to by hand; `hand` marks what only a rectification knows. */
const BY_HAND: Record<Role, Record<string, true | 'hand'>> = {
  user: {},
  support: {
    'requested identity_check': true,
    'requested canceled': true,
    'identity_check canceled': true,
  },
  ops: {
    'requested identity_check': true,
    'requested approved': true,
    'requested denied': true,
    'requested canceled': true,
    'identity_check approved': true,
    'identity_check denied': true,
    'identity_check canceled': true,
    'failed processing': true,
    'failed denied': true,
    'approved completed': 'hand',
    'processing completed': 'hand',
  },
};

const pairs = PRIVACY_STATUSES.flatMap((from) => PRIVACY_STATUSES.map((to) => [from, to] as const));

describe.each(pairs)('%s -> %s', (from, to) => {
  test('is in the transition table as in the design', () => {
    expect(canTransitionPrivacyRequest(from, to)).toBe(DESIGN.has(`${from} ${to}`));
  });

  test.each(
    ROLES.flatMap((role) => PRIVACY_KINDS.map((kind) => [role, kind] as const)),
  )('by hand as %s, %s', (role, kind) => {
    const rule = BY_HAND[role][`${from} ${to}`];
    const expected = rule === true || (rule === 'hand' && kind === 'rectification');
    expect(allowedPrivacyTransitions(from, role, kind).includes(to)).toBe(expected);
  });
});

test('every act names an action of the audit and leads along the transition table', () => {
  for (const act of PRIVACY_ACTS) {
    const { from, to, action } = PRIVACY_ACT_RULES[act];
    expect(AUDIT_ACTIONS).toContain(action);
    for (const start of from) {
      if (to === null) continue;
      const steps = [start, ...(privacyStepsTo(start, to) ?? [])];
      expect(steps.at(-1)).toBe(to);
      for (let index = 1; index < steps.length; index++) {
        expect(DESIGN.has(`${steps[index - 1]} ${steps[index]}`)).toBe(true);
      }
    }
  }
});

const now = new Date('2026-03-10T12:00:00Z');
const today = { now, calendar: legalCalendar('Europe/Paris') };
const open = (status: PrivacyStatus, kind: PrivacyKind = 'access') => ({
  status,
  kind,
  firstDueAt: now,
  extendedAt: null,
});

describe('the acts offered', () => {
  test('hold what the role may do, and lead only to transitions allowed to it', () => {
    for (const role of ROLES) {
      for (const status of PRIVACY_STATUSES) {
        for (const kind of PRIVACY_KINDS) {
          const acts = allowedPrivacyActs(open(status, kind), role, today);
          const reached = acts.flatMap((act) => PRIVACY_ACT_RULES[act].to ?? []).filter((to) => to !== status);
          expect([...reached].sort()).toEqual([...allowedPrivacyTransitions(status, role, kind)].sort());
          for (const act of acts) expect(can(role, PRIVACY_ACT_RULES[act].permission)).toBe(true);
        }
      }
    }
  });

  test('an extension is offered once, and until the end of the last day', () => {
    const offered = (request: Partial<ReturnType<typeof open>> | { extendedAt: Date }) =>
      allowedPrivacyActs({ ...open('requested'), ...request }, 'ops', today).includes('extend');
    expect(offered({})).toBe(true);
    expect(offered({ firstDueAt: new Date(now.getTime() - 1) })).toBe(true);
    expect(offered({ firstDueAt: new Date('2026-03-09T23:00:00.000Z') })).toBe(true);
    expect(offered({ firstDueAt: new Date('2026-03-09T22:59:59.999Z') })).toBe(false);
    expect(offered({ extendedAt: now })).toBe(false);
    expect(allowedPrivacyActs(open('completed'), 'ops', today)).toEqual([]);
  });
});
