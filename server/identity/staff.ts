import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { User } from '../../db/entities/user.ts';
import { sqlList } from '../../db/sql-list.ts';
import { type Em, statement } from '../../db/statement.ts';
import type { AuditAction } from '../audit/audit.rules.ts';
import { AuditDraft, SYSTEM, writeAuditEvent } from '../audit/audit.service.ts';
import { UNFINISHED_INCIDENT_STATUSES } from '../incidents/incidents.rules.ts';
import { hashPassword } from './password.ts';
import type { AGENT_ROLES, Role } from './roles.rules.ts';

export type NewStaff = {
  email: string;
  role: (typeof AGENT_ROLES)[number];
  name?: string | undefined;
  password: string;
};

/** Why an account is not added or changed, for whoever runs the command. */
export class StaffRefusal extends Error {}

/** Adds the account of an agent. @throws StaffRefusal when the e-mail has an account */
export async function createStaff(em: SqlEntityManager, staff: NewStaff, now: Date): Promise<void> {
  const passwordHash = await hashPassword(staff.password);
  const id = uuidv7();
  await em.transactional(async (em) => {
    await insertStaff(em, id, { ...staff, passwordHash }, now);
    await note(em, 'staff_create', id, staff.role, now);
  });
}

async function insertStaff(
  em: SqlEntityManager,
  id: string,
  staff: Omit<NewStaff, 'password'> & { passwordHash: string },
  now: Date,
): Promise<void> {
  em.create(User, {
    id,
    email: staff.email,
    name: staff.name ?? staff.email.split('@')[0] ?? staff.email,
    role: staff.role,
    passwordHash: staff.passwordHash,
    createdAt: now,
    updatedAt: now,
  });
  await em.flush().catch((error: unknown) => {
    if (error instanceof UniqueConstraintViolationException) {
      throw new StaffRefusal(`${staff.email} has an account already.`);
    }
    throw error;
  });
}

/** The event of an act by the command line: by nobody that the desk knows, in the act's transaction. */
async function note(em: Em, action: AuditAction, userId: string, role: Role, now: Date): Promise<void> {
  const draft = new AuditDraft(action, 'user', userId);
  draft.details = { role };
  await writeAuditEvent(em, draft, { requestId: uuidv7(), actor: SYSTEM, now }, 'success');
}

const lockOps = statement<{ id: string; can_sign_in: boolean }>(
  'staff_ops_lock',
  `select id, password_hash is not null as can_sign_in from app_user
   where role = 'ops' and erased_at is null order by id for update`,
);

const lockAccount = statement<{ id: string; role: Role }>(
  'staff_account_lock',
  'select id, role from app_user where email = $1 for update',
);

const unfinished = sqlList(UNFINISHED_INCIDENT_STATUSES);

const revokeRole = statement<{ assigned: number }>(
  'staff_role_revoke',
  `with account as (update app_user set role = 'user', updated_at = $2 where id = $1),
     sessions as (update session set revoked_at = $2 where user_id = $1 and revoked_at is null),
     tokens as (update refresh_token set revoked_at = $2 where user_id = $1 and revoked_at is null)
   select count(*)::int as assigned from incident where assignee_id = $1 and status in (${unfinished})`,
);

/**
 * Makes an agent's account a customer's, and ends its sessions and refresh tokens; access tokens end with them, within
 * seconds on a desk that runs.
 * @returns how many unfinished incidents are still assigned to it
 * @throws StaffRefusal for another's account than an agent's, and for the last of ops that can sign in
 */
export function revokeStaff(em: SqlEntityManager, email: string, now: Date): Promise<{ assigned: number }> {
  return em.transactional(async (em) => {
    // First, and in one order: two at once do not revoke the last two.
    const ops = await lockOps(em, []);
    const [account] = await lockAccount(em, [email]);
    if (!account) throw new StaffRefusal(`${email} has no account.`);
    if (account.role === 'user') throw new StaffRefusal(`${email} is no agent's account.`);
    if (account.role === 'ops' && !ops.some(({ id, can_sign_in }) => can_sign_in && id !== account.id)) {
      throw new StaffRefusal(`${email} is the last account of ops that can sign in; create another first.`);
    }
    const [row] = await revokeRole(em, [account.id, now]);
    await note(em, 'staff_revoke', account.id, account.role, now);
    return { assigned: row?.assigned ?? 0 };
  });
}
