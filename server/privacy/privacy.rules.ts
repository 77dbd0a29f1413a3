import type { Permission } from '../identity/roles.rules.ts';

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

export function allowedPrivacyTransitions(from: PrivacyStatus): readonly PrivacyStatus[] {
  return PRIVACY_TRANSITIONS[from];
}

export function canTransitionPrivacyRequest(from: PrivacyStatus, to: PrivacyStatus): boolean {
  return PRIVACY_TRANSITIONS[from].includes(to);
}

export function isOpenPrivacyRequest(status: PrivacyStatus): boolean {
  return (OPEN_PRIVACY_STATUSES as readonly PrivacyStatus[]).includes(status);
}

/** The permission that each act of an agent on a privacy request asks for. */
export const PRIVACY_ACT_PERMISSIONS = {
  verify_identity: 'privacy:verify_identity',
  approve: 'privacy:decide',
  deny: 'privacy:decide',
  extend: 'privacy:decide',
  retry: 'privacy:decide',
  complete: 'privacy:decide',
  cancel: 'privacy:create',
} as const satisfies Record<string, Permission>;

export type PrivacyAct = keyof typeof PRIVACY_ACT_PERMISSIONS;
