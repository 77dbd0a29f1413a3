import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk, TOKEN_SECRET } from '../testing/desk.ts';
import { addPerson, PASSWORD } from '../testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

const login = (email: string, password: string, requestId = 'request-login') =>
  desk.callerAs(null, requestId).auth.login({ email, password });
const me = (token: string) => desk.fetch('/v1/me', { headers: { authorization: `Bearer ${token}` } });

test('a person signs in, is who they are, and leaves an event', async () => {
  const { id, email } = desk.people.support;
  const tokens = await login(` ${email.toUpperCase()} `, PASSWORD, 'request-login-ok');
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 900, user: { id, role: 'support', email } });
  expect((await (await me(tokens.access_token)).json()).data.user.id).toBe(id);
  expect(
    await desk.sql(
      "select action, status, actor_id, actor_role, target_type from audit_event where request_id = 'request-login-ok'",
    ),
  ).toEqual([{ action: 'auth_login', status: 'success', actor_id: id, actor_role: 'support', target_type: 'session' }]);
});

test('an unknown e-mail and a wrong password give one answer, and each leaves an event of nobody', async () => {
  const unknown = await login('nobody@test.example', PASSWORD, 'request-unknown').catch((error: Error) => error);
  const wrong = await login(desk.people.user.email, 'wrong', 'request-wrong').catch((error: Error) => error);
  expect(unknown).toMatchObject({ errorCode: 'invalid_credentials', details: {} });
  expect(wrong).toMatchObject({ errorCode: 'invalid_credentials', details: {} });
  const events = await desk.sql(
    "select status, actor_id, actor_role, target_id from audit_event where request_id in ('request-unknown', 'request-wrong')",
  );
  expect(events).toEqual(Array(2).fill({ status: 'denied', actor_id: null, actor_role: 'anonymous', target_id: null }));
});

test('an unknown e-mail takes the work of a wrong password', async () => {
  // CPU of the hashing threads, not wall time: it does not depend on what else the machine does.
  const cost = async (email: string) => {
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i++) await login(email, 'wrong').catch(() => {});
    const { user } = process.cpuUsage(before);
    return user;
  };
  await cost('warm@test.example');
  const ratio = (await cost('nobody@test.example')) / (await cost(desk.people.user.email));
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

describe('refresh tokens', () => {
  test('rotate, and a used one closes its whole family', async () => {
    const first = await login(desk.people.ops.email, PASSWORD);
    const auth = desk.callerAs(null, 'request-refresh').auth;
    const second = await auth.refresh({ refresh_token: first.refresh_token });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    await expect(auth.refresh({ refresh_token: first.refresh_token })).rejects.toMatchObject({
      errorCode: 'refresh_token_reused',
    });
    await expect(auth.refresh({ refresh_token: second.refresh_token })).rejects.toMatchObject({
      errorCode: 'unauthenticated',
    });
    const events = await desk.sql(
      "select status from audit_event where request_id = 'request-refresh' order by created_at, id",
    );
    expect(events.map((event) => event.status)).toEqual(['success', 'denied', 'denied']);
  });

  test('two at once with one token: one wins', async () => {
    const { refresh_token } = await login(desk.people.ops.email, PASSWORD);
    const auth = desk.callerAs(null).auth;
    const outcomes = await Promise.allSettled([auth.refresh({ refresh_token }), auth.refresh({ refresh_token })]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('end with signing out, and an unknown one is answered alike', async () => {
    const { refresh_token } = await login(desk.people.ops.email, PASSWORD);
    const auth = desk.callerAs(null).auth;
    expect(await auth.logout({ refresh_token })).toEqual({ signed_out: true });
    expect(await auth.logout({ refresh_token: 'unknown' })).toEqual({ signed_out: true });
    await expect(auth.refresh({ refresh_token })).rejects.toMatchObject({ errorCode: 'unauthenticated' });
  });

  test('are kept as hashes only', async () => {
    const { refresh_token } = await login(desk.people.ops.email, PASSWORD);
    const kept = await desk.sql('select row_to_json(r)::text as row from refresh_token r');
    expect(JSON.stringify(kept)).not.toContain(refresh_token);
  });
});

describe('access tokens die with their family', () => {
  const meStatus = async (token: string) => (await me(token)).status;
  const auth = () => desk.callerAs(null).auth;

  test('at sign-out, of this sign-in alone', async () => {
    const ended = await login(desk.people.support.email, PASSWORD);
    const other = await login(desk.people.support.email, PASSWORD);
    expect([await meStatus(ended.access_token), await meStatus(other.access_token)]).toEqual([200, 200]);
    await auth().logout({ refresh_token: ended.refresh_token });
    expect([await meStatus(ended.access_token), await meStatus(other.access_token)]).toEqual([401, 200]);
  });

  test('when a refresh token is used twice', async () => {
    const first = await login(desk.people.support.email, PASSWORD);
    const second = await auth().refresh({ refresh_token: first.refresh_token });
    expect([await meStatus(first.access_token), await meStatus(second.access_token)]).toEqual([200, 200]);
    await expect(auth().refresh({ refresh_token: first.refresh_token })).rejects.toThrow();
    expect([await meStatus(first.access_token), await meStatus(second.access_token)]).toEqual([401, 401]);
  });

  test('when the family is over', async () => {
    const { access_token, refresh_token, user } = await login(desk.people.support.email, PASSWORD);
    const over =
      'update refresh_token set expires_at = now() where family_id = (select family_id from refresh_token where user_id = $1 order by created_at desc limit 1)';
    await desk.sql(over, [user.id]);
    desk.desk.actors.forget(user.id);
    expect(await meStatus(access_token)).toBe(401);
    await expect(auth().refresh({ refresh_token })).rejects.toMatchObject({ errorCode: 'unauthenticated' });
  });

  test('of whoever ended it: a token that names the family of somebody else is nobody’s', async () => {
    const theirs = await login(desk.people.ops.email, PASSWORD);
    const [, payload = ''] = theirs.access_token.split('.');
    const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const bearer = { userId: desk.people.user.id, familyId: sid };
    expect(await meStatus(await desk.desk.accessTokens.issue(bearer, new Date()))).toBe(401);
  });
});

describe('an access token that was rightly signed', () => {
  const signed = (claims: Record<string, unknown>) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuer('guichet')
      .setAudience('guichet')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(TOKEN_SECRET));
  const sub = '01890000-0000-7000-8000-000000000000';

  test.each([
    ['a release that named no family', { sub }, 'token_expired'],
    ['a person that is no id', { sub: 'x', sid: sub }, 'unauthenticated'],
    ['neither', { sub: "'; select 1" }, 'unauthenticated'],
    ['a family that is no id', { sub, sid: '\u0000' }, 'unauthenticated'],
    ['a family that is no text', { sub, sid: { $gt: '' } }, 'unauthenticated'],
    ['a family that never was', { sub, sid: sub }, 'unauthenticated'],
    ['nobody', { sid: sub }, 'unauthenticated'],
  ])('of %s', async (_, claims, code) => {
    const answer = await me(await signed(claims));
    expect([answer.status, (await answer.json()).error.code]).toEqual([401, code]);
  });
});

test('a family lasts 30 days from its sign-in, however often it is renewed', async () => {
  const passwordHash = (await desk.sql<{ password_hash: string }>('select password_hash from app_user limit 1'))[0]
    ?.password_hash;
  const { id, email } = await addPerson(desk.sql, { passwordHash: passwordHash ?? null });
  const auth = desk.callerAs(null).auth;
  const begun = (days: number, column: string) =>
    desk.sql(`update refresh_token set ${column} = now() - make_interval(days => $2) where user_id = $1`, [id, days]);
  const ends = async () => {
    const [row] = await desk.sql<{ days: number }>(
      `select round(extract(epoch from max(expires_at) - now()) / 86400)::int as days from refresh_token where user_id = $1`,
      [id],
    );
    return row?.days;
  };
  let { refresh_token } = await login(email, PASSWORD);
  await begun(29, 'signed_in_at');
  ({ refresh_token } = await auth.refresh({ refresh_token }));
  await desk.sql('delete from refresh_token where user_id = $1 and used_at is not null', [id]);
  expect(await ends()).toBe(1);
  await begun(31, 'signed_in_at');
  await expect(auth.refresh({ refresh_token })).rejects.toMatchObject({ errorCode: 'unauthenticated' });

  // One that a release before began: its first token tells when.
  ({ refresh_token } = await login(email, PASSWORD));
  await desk.sql('update refresh_token set signed_in_at = null where user_id = $1', [id]);
  await begun(400, 'created_at');
  await expect(auth.refresh({ refresh_token })).rejects.toMatchObject({ errorCode: 'unauthenticated' });
});

test('a role that was taken away counts within seconds, and at once where the directory is told', async () => {
  const { access_token } = await login(desk.people.ops.email, PASSWORD);
  const search = () => desk.fetch('/v1/audit/events', { headers: { authorization: `Bearer ${access_token}` } });
  expect((await search()).status).toBe(200);
  await desk.sql("update app_user set role = 'user' where id = $1", [desk.people.ops.id]);
  desk.desk.actors.forget(desk.people.ops.id);
  expect((await search()).status).toBe(403);
  await desk.sql("update app_user set role = 'ops' where id = $1", [desk.people.ops.id]);
  desk.desk.actors.forget(desk.people.ops.id);
});
