import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../errors.rules.ts';
import { AppError } from '../errors.ts';
import { can, PERMISSIONS, type Permission, ROLES, type Role } from '../identity/roles.rules.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { PROCEDURE_INPUTS } from '../testing/procedure-inputs.ts';
import type { Meta } from './init.ts';
import { type RestRoute, restRoutes } from './rest.ts';
import { appRouter } from './router.ts';

type Procedure = { _def: { type: 'query' | 'mutation'; meta?: Meta } };

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const callers = [null, ...ROLES];

/**
 * Procedures by who may call them, written out (the table of permissions is checked against it), and by what becomes of a
 * call that is let in with the input that {@link PROCEDURE_INPUTS} has for it.
 */
const EXPECTED: Record<string, [access: Permission | 'everybody', outcome: ErrorCode | 'answered']> = {
  'auth.login': ['everybody', 'invalid_credentials'],
  'auth.refresh': ['everybody', 'unauthenticated'],
  'auth.logout': ['everybody', 'answered'],
  'me.get': ['account:own', 'answered'],
  'me.changePassword': ['account:own', 'invalid_credentials'],
  'me.sessions': ['account:own', 'answered'],
  'me.endSession': ['account:own', 'session_not_found'],
  'me.endOtherSessions': ['account:own', 'answered'],
  'users.search': ['user:search', 'answered'],
  'users.agents': ['incident:read', 'answered'],
  'dossier.get': ['dossier:read', 'user_not_found'],
  'dossier.events': ['dossier:read', 'user_not_found'],
  'incidents.list': ['incident:read', 'answered'],
  'incidents.get': ['incident:read', 'incident_not_found'],
  'incidents.create': ['incident:create', 'user_not_found'],
  'incidents.update': ['incident:update', 'incident_not_found'],
  'privacy.list': ['privacy:read', 'answered'],
  'privacy.get': ['privacy:read', 'privacy_request_not_found'],
  'privacy.erasurePreview': ['privacy:read', 'privacy_request_not_found'],
  'privacy.verifyCertificate': ['privacy:read', 'answered'],
  'privacy.create': ['privacy:create', 'user_not_found'],
  'privacy.verifyIdentity': ['privacy:verify_identity', 'privacy_request_not_found'],
  'privacy.approve': ['privacy:decide', 'privacy_request_not_found'],
  'privacy.deny': ['privacy:decide', 'privacy_request_not_found'],
  'privacy.extend': ['privacy:decide', 'privacy_request_not_found'],
  'privacy.retry': ['privacy:decide', 'privacy_request_not_found'],
  'privacy.complete': ['privacy:decide', 'privacy_request_not_found'],
  'privacy.cancel': ['privacy:create', 'privacy_request_not_found'],
  'privacy.own.list': ['privacy:own', 'answered'],
  'privacy.own.get': ['privacy:own', 'privacy_request_not_found'],
  'privacy.own.create': ['privacy:own', 'answered'],
  'privacy.own.cancel': ['privacy:own', 'privacy_request_not_found'],
  'audit.list': ['audit:search', 'answered'],
  'ops.dashboard': ['ops:dashboard', 'answered'],
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test('the table has every procedure, and no other', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(procedures.map(([name]) => name).sort());
});

test.each(procedures)('%s says who may call it, and a change says what it leaves in the audit', (name, { _def }) => {
  expect(_def.meta?.access).toBe(EXPECTED[name]?.[0]);
  if (_def.type === 'mutation') expect(_def.meta?.audit).toBeDefined();
});

/** What becomes of a call with this input: `answered`, or the code that it fails with. */
async function outcomeOf(name: string, role: Role | null, input: unknown): Promise<string> {
  const call = name.split('.').reduce<unknown>((node, key) => (node as never)[key], desk.callerAs(role));
  try {
    await (call as (input: unknown) => Promise<unknown>)(input);
    return 'answered';
  } catch (error) {
    if (error instanceof AppError) return error.errorCode;
    throw error;
  }
}

describe.each(procedures)('%s', (name) => {
  const [access, outcome] = EXPECTED[name] ?? [];
  const input = PROCEDURE_INPUTS[name];

  test.each(callers)('called by %s', async (role) => {
    const allowed = access === 'everybody' || (role !== null && access !== undefined && can(role, access));
    const refusal = role === null ? 'unauthenticated' : 'insufficient_role';
    expect(await outcomeOf(name, role, input)).toBe(allowed ? outcome : refusal);
    // Whoever may not call is told so before anything is said of the input.
    const malformed = { never_heard_of: 1 };
    if (!allowed) expect(await outcomeOf(name, role, malformed)).toBe(refusal);
  });

  test('a refusal is kept in the audit, by whom', async () => {
    const refused = callers.filter((role) => access !== 'everybody' && !(access && can(role, access)));
    for (const role of refused) {
      // A window of its own: an address leaves ten events a minute.
      await desk.desk.refusals.closeWindow();
      const before = await denials();
      await outcomeOf(name, role, input);
      const [event, ...more] = (await denials()).slice(before.length);
      expect(more).toEqual([]);
      const actor = { actor_id: role && desk.people[role].id, actor_role: role ?? 'anonymous' };
      expect(event).toMatchObject({ ...actor, code: role ? 'insufficient_role' : 'unauthenticated' });
    }
  });
});

const denials = () =>
  desk.sql<Record<string, unknown>>(
    `select actor_id, actor_role, details->>'code' as code from audit_event
     where status = 'denied' and details ? 'code' order by created_at, id`,
  );

type RestCall = RestRoute & { who: Role | null };
const restCalls = restRoutes().flatMap((route) => callers.map((who): RestCall => ({ ...route, who })));

test.each(restCalls)('$method $path by $who', async ({ procedure, method, path, who }) => {
  const [access, outcome] = EXPECTED[procedure] ?? [];
  const allowed = access === 'everybody' || (who !== null && access !== undefined && can(who, access));
  const { id, user_id, ...rest } = { ...PROCEDURE_INPUTS[procedure] };
  const inPath = path.includes('{user_id}') ? { user_id } : { id };
  const given = path.includes('{user_id}') || user_id === undefined ? rest : { ...rest, user_id };
  const url = `/v1${path.replaceAll(/\{(\w+)\}/g, (_, name: 'id') => String(inPath[name]))}`;
  const body = method === 'GET' ? null : JSON.stringify(given);
  const init = { method, body, headers: { 'content-type': 'application/json' } };
  const answer = await desk.fetch(
    method === 'GET' ? `${url}?${new URLSearchParams(given as never)}` : url,
    init,
    who ?? undefined,
  );
  const { error } = (await answer.json()) as { error?: { code: string } };
  // Asked for by tRPC before.
  const again = procedure === 'privacy.own.create' ? 'privacy_request_already_open' : outcome;
  const refusal = who === null ? 'unauthenticated' : 'insufficient_role';
  expect(error?.code ?? 'answered').toBe(allowed ? again : refusal);
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
