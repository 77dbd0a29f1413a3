import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestContext } from '../request-context.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { PASSWORD, type Person } from '../testing/people.ts';
import { assertRecentlyAuthenticated, isRecentlyAuthenticated, RECENT_SECONDS } from './reauthentication.ts';
import { type WebSessions, webSessions } from './web-session.ts';

let desk: TestDesk;
let jobs: TestJobs;
let sessions: WebSessions;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
  sessions = webSessions(desk.desk, { secret: 'a secret of this test, long enough', secure: false });
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const long = (who: Person): Person => ({ ...who, authenticatedAt: minutesAgo(11) });
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { errorCode?: string }) => error.errorCode ?? error,
  );

test('a password is recent for ten minutes; nobody knows of one that was never noted', () => {
  const now = new Date();
  const actor = { id: 'x', role: 'ops', name: 'x' } as const;
  const at = (seconds: number) => ({ ...actor, authenticatedAt: new Date(now.getTime() - seconds * 1000) });
  expect(isRecentlyAuthenticated(at(RECENT_SECONDS - 1), now)).toBe(true);
  for (const stale of [at(RECENT_SECONDS), actor, null, { ...actor, authenticatedAt: new Date(Number.NaN) }])
    expect(isRecentlyAuthenticated(stale, now)).toBe(false);
  expect(() => assertRecentlyAuthenticated({ actor, now })).toThrow(expect.objectContaining({ status: 403 }));
});

describe.each([
  ['erasure', 'approve', 'reauthentication_required'],
  ['erasure', 'deny', 'done'],
  ['erasure', 'extend', 'done'],
  ['erasure', 'cancel', 'done'],
  ['access', 'approve', 'done'],
  ['rectification', 'approve', 'done'],
] as const)('a request of %s', (kind, act, expected) => {
  test(`${act} by somebody whose password is 11 minutes old: ${expected}`, async () => {
    const person = await liveCustomer(desk, { locale: 'en' });
    const { id } = await desk.callerAs(person).privacy.own.create({ kind, details: 'Please.' });
    await desk.callerAs('support').privacy.verifyIdentity({ id, means: 'document' });
    const { privacy } = desk.callerAs(long(desk.people.ops));
    expect(await outcome(privacy[act]({ id, reason: 'Because of the test' }))).toBe(expected);
    const kept = await desk.sql(
      "select details from audit_event where target_id = $1 and actor_id = $2 and status = 'denied'",
      [id, desk.people.ops.id],
    );
    expect(kept).toEqual(expected === 'done' ? [] : [{ details: { code: expected } }]);
  });
});

test('by the API, an erasure and an export take a token whose sign-in is recent, however often it was renewed', async () => {
  const person = await liveCustomer(desk, { locale: 'en' });
  const id = await approvedRequest(desk, person, 'access');
  await jobs.runDue();
  const take = async (signedInAt: Date, method = 'GET') => {
    const authorization = `Bearer ${await desk.tokenOf(person, { signedInAt })}`;
    return (await desk.fetch(`/v1/privacy/requests/${id}/archive`, { method, headers: { authorization } })).status;
  };
  expect([await take(minutesAgo(9)), await take(minutesAgo(11))]).toEqual([200, 403]);
  expect(await take(minutesAgo(11), 'HEAD')).toBe(200);

  const tokens = await desk.callerAs(null).auth.login({ email: person.email, password: PASSWORD });
  await desk.sql("update refresh_token set signed_in_at = now() - interval '11 minutes' where user_id = $1", [
    person.id,
  ]);
  const renewed = await desk.callerAs(null).auth.refresh({ refresh_token: tokens.refresh_token });
  const headers = { authorization: `Bearer ${renewed.access_token}` };
  const refused = await desk.fetch(`/v1/privacy/requests/${id}/archive`, { headers });
  expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'reauthentication_required']);
});

describe('a browser', () => {
  const browser = async (requestId: string): Promise<{ context: RequestContext; cookie: string }> => {
    const body = new URLSearchParams({ email: desk.people.ops.email, password: PASSWORD });
    const context: RequestContext = { requestId, address: '127.0.0.1', route: '/login', actor: null };
    const headers = await sessions.signIn(new Request('http://desk.example/login', { method: 'POST', body }), context);
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    await desk.sql(
      "update session set created_at = created_at - interval '11 minutes' where user_id = $1 and authenticated_at is null",
      [desk.people.ops.id],
    );
    return { context: { ...context, actor: await sessions.actor(desk.orm.em.fork(), cookie) }, cookie };
  };
  const form = (password?: string) => {
    const form = new FormData();
    if (password !== undefined) form.set('password', password);
    return form;
  };
  const eventsOf = (requestId: string) =>
    desk.sql(
      'select action, status, actor_id, target_id, details from audit_event where request_id = $1 order by created_at, id offset 1',
      [requestId],
    );

  test('gives the password again, for this request and those that follow', async () => {
    const { context, cookie } = await browser('reauthentication-1');
    expect(isRecentlyAuthenticated(context.actor, new Date())).toBe(false);
    const sessionId = context.actor?.sessionId;
    await sessions.reauthenticate(form(PASSWORD), context);
    expect(isRecentlyAuthenticated(context.actor, new Date())).toBe(true);
    expect(isRecentlyAuthenticated(await sessions.actor(desk.orm.em.fork(), cookie), new Date())).toBe(true);
    const { id } = desk.people.ops;
    expect(await eventsOf('reauthentication-1')).toEqual([
      {
        action: 'auth_login',
        status: 'success',
        actor_id: id,
        target_id: sessionId,
        details: { reauthentication: true },
      },
    ]);
  });

  test('with a wrong password is refused and stays signed in', async () => {
    const { context, cookie } = await browser('reauthentication-2');
    expect(await outcome(sessions.reauthenticate(form('wrong'), context))).toBe('invalid_credentials');
    expect(await outcome(sessions.reauthenticate(form(), context))).toBe('validation_failed');
    const actor = await sessions.actor(desk.orm.em.fork(), cookie);
    expect([actor?.id, isRecentlyAuthenticated(actor, new Date())]).toEqual([desk.people.ops.id, false]);
    expect(await eventsOf('reauthentication-2')).toMatchObject([
      { action: 'auth_login', status: 'denied', actor_id: desk.people.ops.id, target_id: actor?.sessionId },
    ]);
  });

  test('that nobody is signed in at cannot', async () => {
    const context = { requestId: 'reauthentication-3', address: '127.0.0.1', route: '/', actor: null };
    expect(await outcome(sessions.reauthenticate(form(PASSWORD), context))).toBe('unauthenticated');
  });
});

test('a password given again counts as an attempt to sign in', async () => {
  const limited = await openTestDesk({ limits: { login: { email: { points: 2, duration: 60 } } } });
  try {
    const web = webSessions(limited.desk, { secret: 'a secret of this test, long enough', secure: false });
    const actor = { ...limited.people.ops, sessionId: limited.people.ops.id };
    const form = new FormData();
    form.set('password', 'wrong');
    const attempt = () =>
      outcome(web.reauthenticate(form, { requestId: 'limited-1', address: '127.0.0.1', route: '/', actor }));
    const attempts = [await attempt(), await attempt(), await attempt()];
    expect(attempts.slice(0, 2)).toEqual(['invalid_credentials', 'invalid_credentials']);
    expect(attempts[2]).toBe('rate_limited');
  } finally {
    await limited.close();
  }
});
