import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { PASSWORD } from '../testing/people.ts';
import { passwordFault } from './password-strength.ts';

const NEW = 'trombone grenier velours 73';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

describe('a new password', () => {
  const ada = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace' };
  test.each([
    'aaaaaaaaaaaa',
    'password1234',
    'motdepasse2026',
    'azertyuiop123',
    'soleil soleil soleil',
    'Lovelace-Ada2026',
    'ada.lovelace@example.org',
    'Guichet-Guichet',
    'a'.repeat(1_024),
  ])('%s is easy to guess', (password) => expect(passwordFault(password, ada)).toBe('is easy to guess'));

  test.each(['short', '11charsonly'])('%s is too short', (password) =>
    expect(passwordFault(password, ada)).toBe('has fewer than 12 characters'));

  test.each([NEW, PASSWORD, 'Kx9#vTq2!mZp', 'correct horse battery staple'])('%s is taken', (password) =>
    expect(passwordFault(password, ada)).toBeNull());
});

test('is changed by whoever knows the current one; all other sign-ins end, at once', async () => {
  const { id, email } = desk.people.support;
  const login = (password: string) => desk.callerAs(null).auth.login({ email, password });
  const meBy = async (token: string) =>
    (await desk.fetch('/v1/me', { headers: { authorization: `Bearer ${token}` } })).status;
  const own = await login(PASSWORD);
  const other = await login(PASSWORD);
  await desk.sql(
    "insert into session (id, token_hash, user_id, created_at, expires_at) values (gen_random_uuid(), 'h', $1, now(), now() + interval '1 hour')",
    [id],
  );
  expect([await meBy(own.access_token), await meBy(other.access_token)]).toEqual([200, 200]);
  const change = async (current_password: string, new_password: string) => {
    const headers = { authorization: `Bearer ${own.access_token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ current_password, new_password });
    const answer = await desk.fetch('/v1/me/password', { method: 'POST', headers, body });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await change('wrong', NEW)).toMatchObject({ status: 401, body: { error: { code: 'invalid_credentials' } } });
  expect(await change(PASSWORD, 'password1234')).toMatchObject({
    status: 400,
    body: { error: { details: { issues: [{ path: 'new_password', message: 'is easy to guess' }] } } },
  });
  expect([await meBy(own.access_token), await meBy(other.access_token)]).toEqual([200, 200]);
  expect(await change(PASSWORD, NEW)).toMatchObject({ status: 200, body: { data: { changed: true } } });

  expect([await meBy(own.access_token), await meBy(other.access_token)]).toEqual([200, 401]);
  expect(await desk.sql('select 1 from session where user_id = $1 and revoked_at is null', [id])).toEqual([]);
  await expect(login(PASSWORD)).rejects.toMatchObject({ errorCode: 'invalid_credentials' });
  expect((await login(NEW)).user.id).toBe(id);
  const kept = await desk.sql(
    "select status, target_id, subject_user_id, details from audit_event where action = 'auth_password_change' order by created_at, id",
  );
  const event = { target_id: id, subject_user_id: id };
  expect(kept).toEqual([
    { ...event, status: 'denied', details: { code: 'invalid_credentials' } },
    { ...event, status: 'success', details: {} },
  ]);
  expect(JSON.stringify(await desk.sql('select row_to_json(u)::text from app_user u'))).not.toContain(NEW);
});
