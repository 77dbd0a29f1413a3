import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { PASSWORD, type Person } from '../testing/people.ts';
import type { Role } from './roles.rules.ts';
import { SESSION_LIMITS } from './session.rules.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let desk: TestDesk;
beforeAll(async () => {
  // What a browser does with the pages: it signs in by a POST, and otherwise sees who it is.
  desk = await openTestDesk({
    pages: (sessions) => async (request, context) =>
      request.method === 'POST'
        ? new Response(null, { status: 303, headers: await sessions.signIn(request, context) })
        : Response.json(context.actor),
  });
});
afterAll(() => desk.close());

/** Signs in from a browser that has this cookie; the cookie that it then has. */
async function signIn({ email }: Person, cookie = ''): Promise<string> {
  const body = new URLSearchParams({ email, password: PASSWORD }).toString();
  const answer = await desk.fetch('/login', { method: 'POST', body, headers: { ...FORM, cookie } });
  expect(answer.status).toBe(303);
  return answer.headers.get('set-cookie') ?? '';
}

async function actorBy(cookie: string): Promise<{ id: string; sessionId: string; authenticatedAt: string } | null> {
  return (await desk.fetch('/login', { headers: { cookie: cookie.split(';')[0] ?? '' } })).json();
}

async function sessionOf(cookie: string) {
  const id = (await actorBy(cookie))?.sessionId ?? '';
  const ago = (column: string, seconds: number) =>
    desk.sql(`update session set ${column} = now() - make_interval(secs => $2) where id = $1`, [id, seconds]);
  const kept = async () =>
    (await desk.sql<Record<string, string | null>>('select * from session where id = $1', [id]))[0];
  const used = () =>
    vi.waitFor(async () => {
      expect(Date.now() - Date.parse((await kept())?.last_used_at ?? '')).toBeLessThan(60_000);
    }, 5_000);
  return { id, ago, kept, used };
}

describe.each(
  Object.entries(SESSION_LIMITS) as [Role, { idle: number; absolute: number }][],
)('a browser of %s', (role, { idle, absolute }) => {
  test('stays signed in while it is used, and no longer', async () => {
    const cookie = await signIn(desk.people[role]);
    expect(cookie).toContain(`Max-Age=${absolute};`);
    const session = await sessionOf(cookie);
    await session.ago('last_used_at', idle - 30);
    expect(await actorBy(cookie)).toMatchObject({ id: desk.people[role].id });
    // The use is kept beside the request: what is set here must come after it.
    await session.used();
    await session.ago('last_used_at', idle + 1);
    expect(await actorBy(cookie)).toBeNull();
  });

  test('that was never used after its sign-in is idle since then', async () => {
    const cookie = await signIn(desk.people[role]);
    await (await sessionOf(cookie)).ago('created_at', idle + 1);
    expect(await actorBy(cookie)).toBeNull();
  });

  test('is signed out in the end, however much it is used', async () => {
    const cookie = await signIn(desk.people[role]);
    const session = await sessionOf(cookie);
    await session.ago('last_used_at', 0);
    await session.ago('created_at', absolute - 30);
    expect(await actorBy(cookie)).not.toBeNull();
    await session.ago('created_at', absolute + 1);
    expect(await actorBy(cookie)).toBeNull();
  });
});

test('a customer who became an agent has an agent’s limits at once', async () => {
  const cookie = await signIn(desk.people.user);
  const session = await sessionOf(cookie);
  await session.ago('last_used_at', SESSION_LIMITS.support.idle + 1);
  expect(await actorBy(cookie)).not.toBeNull();
  await session.used();
  await desk.sql("update app_user set role = 'support' where id = $1", [desk.people.user.id]);
  await session.ago('last_used_at', SESSION_LIMITS.support.idle + 1);
  expect(await actorBy(cookie)).toBeNull();
  await desk.sql("update app_user set role = 'user' where id = $1", [desk.people.user.id]);
});

test('the last use is kept once a minute at most, beside the request', async () => {
  const cookie = await signIn(desk.people.ops);
  const session = await sessionOf(cookie);
  await actorBy(cookie);
  expect((await session.kept())?.last_used_at).toBeNull();
  await session.ago('created_at', 120);
  await Promise.all([actorBy(cookie), actorBy(cookie), actorBy(cookie)]);
  await vi.waitFor(async () => expect((await session.kept())?.last_used_at).not.toBeNull());
  const first = (await session.kept())?.last_used_at;
  await actorBy(cookie);
  expect((await session.kept())?.last_used_at).toBe(first);
});

test('signing in again ends the session that the browser had, whosever it was', async () => {
  const first = await signIn(desk.people.user);
  const other = await signIn(desk.people.user);
  const { id } = await sessionOf(first);
  const second = await signIn(desk.people.support, first);
  expect(await actorBy(first)).toBeNull();
  expect(await actorBy(other)).toMatchObject({ id: desk.people.user.id });
  expect(await actorBy(second)).toMatchObject({ id: desk.people.support.id });
  const events =
    'select action, actor_id, status, details from audit_event where target_id = $1 order by created_at, id';
  expect(await desk.sql(events, [id])).toEqual([
    { action: 'auth_login', actor_id: desk.people.user.id, status: 'success', details: {} },
    { action: 'auth_logout', actor_id: desk.people.user.id, status: 'success', details: { replaced: true } },
  ]);
});

test('a failed sign-in leaves the session that the browser has', async () => {
  const cookie = await signIn(desk.people.user);
  const body = new URLSearchParams({ email: desk.people.user.email, password: 'wrong' }).toString();
  await desk.fetch('/login', { method: 'POST', body, headers: { ...FORM, cookie } });
  expect(await actorBy(cookie)).toMatchObject({ id: desk.people.user.id });
});
