import { OPEN_PRIVACY_STATUSES, type PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';

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
export function privacyListInputOf(params: URLSearchParams) {
  const status = params.get('status');
  const kind = params.get('kind') || undefined;
  const userId = params.get('user_id') || undefined;
  const cursor = params.get('cursor') || undefined;
  const statuses = status === 'all' ? undefined : status || [...OPEN_PRIVACY_STATUSES];
  return {
    limit: 50,
    ...(statuses ? { status: statuses as string | PrivacyStatus[] } : {}),
    ...(kind ? { kind } : {}),
    ...(userId ? { user_id: userId } : {}),
    ...(params.get('overdue') === 'true' ? { overdue: true } : {}),
    ...(cursor ? { cursor } : {}),
  };
}
