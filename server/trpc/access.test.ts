import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { can, PERMISSIONS, type Permission, ROLES, type Role } from '../identity/roles.rules.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import type { Meta } from './init.ts';
import { appRouter } from './router.ts';

type Procedure = { _def: { type: 'query' | 'mutation'; meta?: Meta } };

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const callers = [null, ...ROLES];

/** Procedures by who may call them, written out: the table of permissions is checked against it. */
const EXPECTED: Record<string, Permission | 'everybody'> = {
  'auth.login': 'everybody',
  'auth.refresh': 'everybody',
  'auth.logout': 'everybody',
  'me.get': 'account:own',
  'users.search': 'user:search',
  'users.agents': 'incident:read',
  'dossier.get': 'dossier:read',
  'dossier.events': 'dossier:read',
  'incidents.list': 'incident:read',
  'incidents.get': 'incident:read',
  'incidents.create': 'incident:create',
  'incidents.update': 'incident:update',
  'privacy.list': 'privacy:read',
  'privacy.get': 'privacy:read',
  'privacy.erasurePreview': 'privacy:read',
  'privacy.verifyCertificate': 'privacy:read',
  'privacy.create': 'privacy:create',
  'privacy.verifyIdentity': 'privacy:verify_identity',
  'privacy.approve': 'privacy:decide',
  'privacy.deny': 'privacy:decide',
  'privacy.extend': 'privacy:decide',
  'privacy.retry': 'privacy:decide',
  'privacy.complete': 'privacy:decide',
  'privacy.cancel': 'privacy:create',
  'privacy.own.list': 'privacy:own',
  'privacy.own.get': 'privacy:own',
  'privacy.own.create': 'privacy:own',
  'privacy.own.cancel': 'privacy:own',
  'audit.list': 'audit:search',
  'ops.dashboard': 'ops:dashboard',
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test.each(procedures)('%s says who may call it, and a change says what it leaves in the audit', (name, { _def }) => {
  expect(_def.meta?.access).toBe(EXPECTED[name]);
  if (_def.type === 'mutation') expect(_def.meta?.audit).toBeDefined();
});

/** Whether the ladder lets the role in; with no input, whoever is let in meets the input schema or an answer. */
async function isLetIn(name: string, role: Role | null): Promise<string> {
  const call = name.split('.').reduce<unknown>((node, key) => (node as never)[key], desk.callerAs(role));
  try {
    await (call as (input: unknown) => Promise<unknown>)(undefined);
    return 'let in';
  } catch (error) {
    const { errorCode } = error as { errorCode?: string };
    return errorCode === 'unauthenticated' || errorCode === 'insufficient_role' ? errorCode : 'let in';
  }
}

describe.each(procedures)('%s', (name, { _def }) => {
  test.each(callers)('called by %s', async (role) => {
    const access = EXPECTED[name];
    const allowed = access === 'everybody' || (role !== null && access !== undefined && can(role, access));
    const refusal = role === null ? 'unauthenticated' : 'insufficient_role';
    expect(await isLetIn(name, role)).toBe(allowed ? 'let in' : refusal);
  });

  test('a refusal is kept in the audit when the act is audited', async () => {
    if (_def.meta?.access === 'everybody') return;
    const count = async () =>
      Number((await desk.sql<{ n: string }>("select count(*) n from audit_event where status = 'denied'"))[0]?.n);
    // A window of its own: an address leaves ten events a minute.
    await desk.desk.refusals.closeWindow();
    const before = await count();
    await isLetIn(name, null);
    expect((await count()) - before).toBe(_def.meta?.audit && (_def.meta.audit.when?.({}) ?? true) ? 1 : 0);
  });
});

test('the permission table is the one of the design', () => {
  const all = (role: Role) => [...PERMISSIONS[role]].sort();
  expect(all('user')).toEqual(['account:own', 'privacy:own']);
  expect(all('support')).toEqual(
    [
      ...all('user'),
      ...['user:search', 'dossier:read', 'incident:read', 'incident:create', 'incident:update'],
      ...['privacy:read', 'privacy:create', 'privacy:verify_identity'],
    ].sort(),
  );
  expect(all('ops')).toEqual(
    [
      ...all('support'),
      ...['incident:reopen', 'privacy:decide', 'audit:search', 'audit:export'],
      ...['staff:manage', 'token:manage', 'ops:dashboard'],
    ].sort(),
  );
});
