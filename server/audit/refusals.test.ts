import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../privacy/archive.http.ts';
import type { RequestContext } from '../request-context.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson, PASSWORD, type Person } from '../testing/people.ts';
import { keepPageRefusal } from '../trpc/ladder.ts';
import { createCaller } from '../trpc/router.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

type Event = { action: string; subject_user_id: string | null; target_id: string | null; details: object };
const events = () =>
  desk.sql<Event>("select action, subject_user_id, target_id, details from audit_event where actor_role = 'anonymous'");

test('twenty refusals in one request leave ten events, which name nobody, and one that counts the rest', async () => {
  const input = Object.fromEntries(Array.from({ length: 20 }, (_, call) => [call, { user_id: desk.people.user.id }]));
  const path = Array(20).fill('dossier.get').join(',');
  await desk.fetch(`/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`);
  const nobody = { subject_user_id: null, target_id: null };
  expect(await events()).toEqual(
    Array(10).fill({ action: 'support_dossier_read', ...nobody, details: { code: 'unauthenticated' } }),
  );

  await desk.desk.refusals.closeWindow();
  expect((await events()).slice(10)).toEqual([{ action: 'access_denied', ...nobody, details: { refused: 10 } }]);
  await desk.desk.refusals.closeWindow();
  expect(await events()).toHaveLength(11);
});

test('addresses past those told apart share one bound', async () => {
  const before = (await events()).length;
  const admitted = Array.from({ length: 3_000 }, (_, n) =>
    desk.desk.refusals.admits({ kind: 'address', id: `198.51.100.${n}` }),
  );
  expect(admitted.filter(Boolean)).toHaveLength(1_000 + 10);
  await desk.desk.refusals.closeWindow();
  const told = await desk.sql("select details from audit_event where actor_role = 'system'");
  expect(told).toEqual([{ details: { refused: 1_990 } }]);
  expect(await events()).toHaveLength(before);
});

test('an unknown token at sign-out, and one that has ended, are answered alike and leave no event', async () => {
  const { auth } = desk.callerAs(null);
  const { refresh_token } = await auth.login({ email: desk.people.user.email, password: PASSWORD });
  await auth.logout({ refresh_token });
  const before = await desk.sql('select 1 from audit_event');
  for (const token of ['nobody-was-given-this', refresh_token, refresh_token]) {
    const request = { requestId: 'request-sign-out', address: '192.0.2.9', route: '/test', actor: null };
    const context: RequestContext = request;
    const caller = createCaller({ desk: desk.desk, request: context });
    expect(await caller.auth.logout({ refresh_token: token })).toEqual({ signed_out: true });
    // What the log line of the request says.
    expect(context).toMatchObject({ action: 'auth_logout', outcome: 'failed' });
  }
  expect(await desk.sql('select 1 from audit_event')).toHaveLength(before.length);
});

const left = (of: { request_id: string } | { actor_id: string } | { subject_user_id: string }) => {
  const [[column, value] = []] = Object.entries(of);
  return desk.sql(
    `select action, status, actor_id, target_id, subject_user_id, details from audit_event where ${column} = $1
     order by created_at, id`,
    [value],
  );
};

describe('somebody who is signed in', () => {
  test('leaves an event for what their role does not allow, also where doing it leaves none', async () => {
    const denied = { action: 'access_denied', status: 'denied', target_id: null, subject_user_id: null };
    const { user, support } = desk.people;
    const path = '/v1/support/incidents';
    await desk.fetch(path, { headers: { 'x-request-id': 'request-by-rest' } }, user);
    expect(await left({ request_id: 'request-by-rest' })).toEqual([
      { ...denied, actor_id: user.id, details: { asked: 'incidents.list', code: 'insufficient_role' } },
    ]);
    await expect(desk.callerAs(support, 'request-by-trpc').ops.dashboard()).rejects.toThrow();
    expect(await left({ request_id: 'request-by-trpc' })).toEqual([
      { ...denied, actor_id: support.id, details: { asked: 'ops.dashboard', code: 'insufficient_role' } },
    ]);
  });

  test('leaves one event for a page of the desk, whatever its parts ask for', async () => {
    const customer = await addPerson(desk.sql, { role: 'user' });
    const context = { desk: desk.desk, request: requestBy(customer) };
    expect((await keepPageRefusal(context, '/incidents')).errorCode).toBe('insufficient_role');
    await expect(createCaller(context).incidents.list()).rejects.toThrow();
    const details = { asked: '/incidents', code: 'insufficient_role' };
    expect(await left({ actor_id: customer.id })).toMatchObject([{ action: 'access_denied', details }]);
  });

  test('leaves twenty a minute, and one that counts the rest', async () => {
    const [one, other] = [await addPerson(desk.sql, { role: 'user' }), await addPerson(desk.sql, { role: 'user' })];
    for (let call = 0; call < 25; call++) await expect(desk.callerAs(one).incidents.list()).rejects.toThrow();
    await expect(desk.callerAs(other).incidents.list()).rejects.toThrow();
    expect(await left({ actor_id: one.id })).toHaveLength(20);
    expect(await left({ actor_id: other.id })).toHaveLength(1);
    await desk.desk.refusals.closeWindow();
    const rest = { action: 'access_denied', status: 'denied', target_id: null, subject_user_id: null };
    expect((await left({ actor_id: one.id })).slice(20)).toEqual([
      { ...rest, actor_id: one.id, details: { refused: 5 } },
    ]);
    expect(await left({ actor_id: other.id })).toHaveLength(1);
  });

  test('as a customer buries nobody’s dossier, by what is refused or by what fails', async () => {
    const [eve, customer] = [await addPerson(desk.sql, { role: 'user' }), await addPerson(desk.sql, { role: 'user' })];
    const given = { user_id: customer.id, category: 'account', title: 'Title', description: 'Words' } as const;
    const { id: incident } = await desk.callerAs('support').incidents.create(given);
    const { id: request } = await desk.callerAs(customer).privacy.own.create({ kind: 'access' });
    const before = await left({ subject_user_id: customer.id });
    const caller = desk.callerAs(eve);
    const attempts = [
      () => caller.dossier.get({ user_id: customer.id }),
      () => caller.incidents.create(given),
      () => caller.incidents.get({ id: incident }),
      () => caller.incidents.list({ user_id: customer.id }),
      () => caller.incidents.update({ id: incident, status: 'closed' }),
      () => caller.privacy.approve({ id: request }),
      () => caller.privacy.create({ user_id: customer.id, kind: 'erasure' }),
      () => caller.privacy.own.cancel({ id: request }),
      () => openArchive(desk.desk, requestBy(eve), request, 'GET'),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow();
    expect(await left({ subject_user_id: customer.id })).toEqual(before);
    const events = await left({ actor_id: eve.id });
    expect(events).toHaveLength(attempts.length);
    for (const event of events) expect(event).toMatchObject({ target_id: null, subject_user_id: null });
  });

  test('as a customer leaves events of their own in their own dossier', async () => {
    const customer = await addPerson(desk.sql, { role: 'user' });
    const { id } = await desk.callerAs(customer).privacy.own.create({ kind: 'access' });
    await desk.callerAs(customer).privacy.own.cancel({ id });
    await expect(desk.callerAs(customer).privacy.own.cancel({ id })).rejects.toThrow();
    expect((await left({ subject_user_id: customer.id })).at(-1)).toMatchObject({ status: 'failed', target_id: id });
  });
});

describe('a sign-in that is refused', () => {
  const wrong = (email: string, requestId: string, of = desk) =>
    expect(of.callerAs(null, requestId).auth.login({ email, password: 'wrong' })).rejects.toThrow();

  test('names the account that was tried, when there is one', async () => {
    await desk.desk.refusals.closeWindow();
    await wrong(desk.people.ops.email, 'request-known');
    await wrong('nobody@test.example', 'request-unknown');
    const event = { action: 'auth_login', status: 'denied', actor_id: null, target_id: null };
    const details = { code: 'invalid_credentials' };
    expect(await left({ request_id: 'request-known' })).toEqual([
      { ...event, subject_user_id: desk.people.ops.id, details },
    ]);
    expect(await left({ request_id: 'request-unknown' })).toEqual([{ ...event, subject_user_id: null, details }]);
  });

  test('leaves ten events a minute for an account, and one that counts the rest', async () => {
    await desk.desk.refusals.closeWindow();
    const { id, email } = await addPerson(desk.sql, { role: 'user' });
    for (let attempt = 0; attempt < 13; attempt++) await wrong(email, `request-attempt-${attempt}`);
    expect(await left({ subject_user_id: id })).toHaveLength(10);
    await desk.desk.refusals.closeWindow();
    expect((await left({ subject_user_id: id })).slice(10)).toEqual([
      {
        action: 'auth_login',
        status: 'denied',
        actor_id: null,
        target_id: null,
        subject_user_id: id,
        details: { refused: 3 },
      },
    ]);
  });

  test('by a limit leaves one event a window', async () => {
    const limited = await openTestDesk({ limits: { login: { email: { points: 2, duration: 60 } } } });
    try {
      const { id, email } = limited.people.support;
      for (let attempt = 0; attempt < 6; attempt++) {
        await wrong(email, 'request-limited', limited);
        await wrong('nobody@test.example', 'request-limited-stranger', limited);
      }
      const events = await limited.sql(
        `select subject_user_id, status, details->>'code' as code from audit_event where action = 'auth_login'
         order by subject_user_id, created_at, id`,
      );
      const codes = ['invalid_credentials', 'invalid_credentials', 'rate_limited'];
      expect(events).toEqual(
        [id, null].flatMap((subject_user_id) => codes.map((code) => ({ subject_user_id, status: 'denied', code }))),
      );
    } finally {
      await limited.close();
    }
  });
});

function requestBy(actor: Person): RequestContext {
  return { requestId: 'request-of-an-archive', address: '127.0.0.1', route: '/test', actor };
}
