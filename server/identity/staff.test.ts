import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { PASSWORD } from '../testing/people.ts';

const CLI = join(import.meta.dirname, 'staff.cli.ts');

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

/** What the command says, or how it refuses, in one line. */
function staff(...parameters: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: desk.url, GUICHET_PASSWORD: PASSWORD };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...parameters], { env, timeout: 20_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

const login = (email: string) => desk.callerAs(null).auth.login({ email, password: PASSWORD });

async function roleBy(token: string): Promise<string> {
  const answer = await desk.fetch('/v1/me', { headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()).data.user.role;
}

test('an agent is added, and loses the role with every session; the account stays a customer', async () => {
  const email = 'leaving@test.example';
  expect(await staff('create', '--email', email, '--role', 'support')).toEqual({
    code: 0,
    said: `${email} can sign in as support.\n`,
  });
  const { refresh_token, user } = await login(email);
  await desk.sql(
    "insert into session (id, token_hash, user_id, created_at, expires_at) values (gen_random_uuid(), 'h', $1, now(), now() + interval '1 hour')",
    [user.id],
  );
  await desk.callerAs('support').incidents.create({
    user_id: desk.people.user.id,
    category: 'account',
    title: 'Theirs',
    description: 'Theirs',
    assignee_id: user.id,
  });
  expect(await staff('revoke', '--email', ` ${email.toUpperCase()}`)).toEqual({
    code: 0,
    said: `${email} is a customer now, and signed out everywhere. Unfinished incidents still assigned to them: 1.\n`,
  });
  await expect(desk.callerAs(null).auth.refresh({ refresh_token })).rejects.toMatchObject({
    errorCode: 'unauthenticated',
  });
  expect(await desk.sql('select 1 from session where user_id = $1 and revoked_at is null', [user.id])).toEqual([]);
  expect(await roleBy((await login(email)).access_token)).toBe('user');
  expect(await staff('revoke', '--email', email)).toEqual({ code: 1, said: `${email} is no agent's account.\n` });
  const kept = await desk.sql(
    "select action, actor_id, actor_role, details from audit_event where target_id = $1 and action like 'staff_%' order by created_at",
    [user.id],
  );
  expect(kept).toEqual([
    { action: 'staff_create', actor_id: null, actor_role: 'system', details: { role: 'support' } },
    { action: 'staff_revoke', actor_id: null, actor_role: 'system', details: { role: 'support' } },
  ]);
});

test('the last account of ops that can sign in keeps its role', async () => {
  const { email } = desk.people.ops;
  await desk.sql(
    `insert into app_user (id, email, name, role, created_at, updated_at)
     values (gen_random_uuid(), 'no-password@test.example', 'Cannot sign in', 'ops', now(), now())`,
  );
  const refused = { code: 1, said: `${email} is the last account of ops that can sign in; create another first.\n` };
  expect(await staff('revoke', '--email', email)).toEqual(refused);
  expect(await roleBy((await login(email)).access_token)).toBe('ops');
  await staff('create', '--email', 'second@test.example', '--role', 'ops');
  const both = await Promise.all([
    staff('revoke', '--email', email),
    staff('revoke', '--email', 'second@test.example'),
  ]);
  expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
});

test('what cannot be done is told in a line, with the usage where the words are wrong', async () => {
  expect(await staff('revoke', '--email', 'nobody@test.example')).toEqual({
    code: 1,
    said: 'nobody@test.example has no account.\n',
  });
  for (const wrong of [[], ['fire'], ['revoke'], ['revoke', '--email', 'a@test.example', '--role', 'ops']]) {
    const { code, said } = await staff(...wrong);
    expect([code, said.includes('Usage: npm run staff')]).toEqual([1, true]);
  }
});
