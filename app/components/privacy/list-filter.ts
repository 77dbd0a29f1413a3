import { OPEN_PRIVACY_STATUSES } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyListInput } from '../../../server/privacy/privacy.schema.ts';

/** The ways to look at the list, each a set of statuses in the URL's `status`; without one, the open requests. */
export const STATUS_GROUPS = {
  open: null,
  to_decide: 'requested,identity_check',
  under_way: 'approved,processing,failed',
  ended: 'completed,denied,canceled',
  all: 'all',
} as const satisfies Record<string, string | null>;

export type StatusGroup = keyof typeof STATUS_GROUPS;
export const STATUS_GROUP_NAMES = Object.keys(STATUS_GROUPS) as StatusGroup[];

/** The group that the URL's `status` names, null for a choice of statuses that is none. */
export function statusGroupOf(status: string | null): StatusGroup | null {
  return STATUS_GROUP_NAMES.find((name) => STATUS_GROUPS[name] === (status || null)) ?? null;
}

/** The list's input for a URL; values that mean nothing are left for the procedure to refuse. */
export function privacyListInputOf(params: URLSearchParams): PrivacyListInput {
  const status = params.get('status') || OPEN_PRIVACY_STATUSES.join(',');
  const asked = {
    limit: 50,
    status: status === 'all' ? undefined : status,
    kind: params.get('kind') || undefined,
    user_id: params.get('user_id') || undefined,
    overdue: params.get('overdue') === 'true' || undefined,
    cursor: params.get('cursor') || undefined,
  };
  return asked as unknown as PrivacyListInput;
}
