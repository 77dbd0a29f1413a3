export const ROLES = ['user', 'support', 'ops'] as const;
export type Role = (typeof ROLES)[number];

export const AGENT_ROLES = ['support', 'ops'] as const satisfies readonly Role[];

const EVERYONE = ['account:own', 'privacy:own'] as const;

const SUPPORT = [
  ...EVERYONE,
  'user:search',
  'dossier:read',
  'incident:read',
  'incident:create',
  'incident:update',
  'privacy:read',
  'privacy:create',
  'privacy:verify_identity',
] as const;

const OPS = [
  ...SUPPORT,
  'incident:reopen',
  'privacy:decide',
  'audit:search',
  'audit:export',
  'staff:manage',
  'token:manage',
  'ops:dashboard',
] as const;

export type Permission = (typeof OPS)[number];

/** THE permission table: what each role may do. What is not named here is denied. */
export const PERMISSIONS: Record<Role, readonly Permission[]> = { user: EVERYONE, support: SUPPORT, ops: OPS };

export function can(role: Role | null | undefined, permission: Permission): boolean {
  return role != null && PERMISSIONS[role].includes(permission);
}

export function isAgent(role: Role): boolean {
  return (AGENT_ROLES as readonly Role[]).includes(role);
}
