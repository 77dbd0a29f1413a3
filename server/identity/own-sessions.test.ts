import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addFamily, addPerson, type Person } from '../testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

let person: Person;
beforeEach(async () => {
  person = await addPerson(desk.sql, {});
});

/** Keeps a session of a browser that began, and was last used, so many minutes ago; its id. */
async function addSession({ id }: Person, { began = 0, used = null as number | null } = {}): Promise<string> {
  const [session] = await desk.sql<{ id: string }>(
    `insert into session (id, token_hash, user_id, created_at, expires_at, last_used_at)
     values (gen_random_uuid(), gen_random_uuid()::text, $1, now() - make_interval(mins => $2),
       now() - make_interval(mins => $2) + interval '30 days', now() - make_interval(mins => $3)) returning id`,
    [id, began, used],
  );
  return session?.id ?? '';
}

const listed = async (who: Person) => (await desk.callerAs(who).me.sessions()).items;
const idsOf = async (who: Person) => (await listed(who)).map(({ id }) => id).sort();
const logouts = () =>
  desk.sql(
    `select actor_id, target_id, subject_user_id, status, details from audit_event
     where action = 'auth_logout' and actor_id = $1 order by created_at, id`,
    [person.id],
  );

describe('the sign-ins of a person', () => {
  test('are their browsers and their families of tokens, the one that asks first, and nothing personal', async () => {
    const browser = await addSession(person, { began: 90, used: 5 });
    const unused = await addSession(person, { began: 60 });
    const begun = new Date(Date.now() - 120 * 60_000);
    const family = await addFamily(desk.sql, person.id, begun);
    await desk.sql(
      `insert into refresh_token (id, family_id, token_hash, user_id, created_at, signed_in_at, expires_at)
       select gen_random_uuid(), family_id, 'renewed ' || family_id, user_id, now() - interval '30 minutes', signed_in_at, expires_at
       from refresh_token where family_id = $1`,
      [family],
    );
    await addSession(desk.people.user);
    const items = await listed({ ...person, familyId: family });
    expect(items.map(({ id, kind, current }) => ({ id, kind, current }))).toEqual([
      { id: family, kind: 'token', current: true },
      { id: browser, kind: 'browser', current: false },
      { id: unused, kind: 'browser', current: false },
    ]);
    const minutesAgo = (at: string | undefined) => Math.round((Date.now() - Date.parse(at ?? '')) / 60_000);
    expect(items.map((item) => [minutesAgo(item.created_at), minutesAgo(item.last_used_at)])).toEqual([
      [120, 30],
      [90, 5],
      [60, 60],
    ]);
    expect(items[0]?.expires_at).toBe(new Date(begun.getTime() + 30 * 24 * 3_600_000).toISOString());
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(
      ['id', 'kind', 'created_at', 'last_used_at', 'expires_at', 'current'].sort(),
    );
  });

  test('are those alone that still sign in, by the limits of the role', async () => {
    const agent = await addPerson(desk.sql, { role: 'support' });
    await addSession(agent, { began: 120, used: 61 });
    await addSession(agent, { began: 13 * 60, used: 1 });
    const live = await addSession(agent, { began: 11 * 60, used: 1 });
    await addFamily(desk.sql, agent.id, new Date(Date.now() - 31 * 24 * 3_600_000));
    const ended = await addFamily(desk.sql, agent.id);
    await desk.sql('update refresh_token set revoked_at = now() where family_id = $1', [ended]);
    const [only, ...more] = await listed(agent);
    expect([only?.id, more]).toEqual([live, []]);
    expect(Math.round((Date.parse(only?.expires_at ?? '') - Date.now()) / 60_000)).toBe(60);
  });

  test('are at most 100', async () => {
    await desk.sql(
      `insert into session (id, token_hash, user_id, created_at, expires_at)
       select gen_random_uuid(), 'of many ' || n, $1, now(), now() + interval '1 day' from generate_series(1, 120) n`,
      [person.id],
    );
    expect(await listed(person)).toHaveLength(100);
  });
});

describe('one sign-in', () => {
  test('of a browser is ended', async () => {
    const [kept, gone] = [await addSession(person), await addSession(person)];
    expect(await desk.callerAs({ ...person, sessionId: kept }).me.endSession({ id: gone })).toEqual({ ended: 1 });
    expect(await idsOf(person)).toEqual([kept]);
    expect(await logouts()).toEqual([
      { actor_id: person.id, target_id: gone, subject_user_id: person.id, status: 'success', details: { ended: 1 } },
    ]);
  });

  test('by a token is ended with all its tokens, by REST, at once', async () => {
    const meBy = async (token: string) =>
      (await desk.fetch('/v1/me', { headers: { authorization: `Bearer ${token}` } })).status;
    const [own, other] = [await desk.tokenOf(person), await desk.tokenOf(person)];
    expect([await meBy(own), await meBy(other)]).toEqual([200, 200]);
    const headers = { authorization: `Bearer ${own}` };
    const { data } = await (await desk.fetch('/v1/me/sessions', { headers })).json();
    const { id } = data.items.find(({ current }: { current: boolean }) => !current);
    const answer = await desk.fetch(`/v1/me/sessions/${id}`, { method: 'DELETE', headers });
    expect([answer.status, (await answer.json()).data]).toEqual([200, { ended: 1 }]);
    expect([await meBy(own), await meBy(other)]).toEqual([200, 401]);
  });

  test('of somebody else, one that has ended and one that never was are not found alike', async () => {
    const others = await addSession(desk.people.user);
    const family = await addFamily(desk.sql, desk.people.user.id);
    const ended = await addSession(person);
    await desk.callerAs(person).me.endSession({ id: ended });
    for (const id of [others, family, ended, '01890000-0000-7000-8000-000000000000']) {
      await expect(desk.callerAs(person).me.endSession({ id })).rejects.toMatchObject({
        errorCode: 'session_not_found',
      });
    }
    expect(await idsOf(desk.people.user)).toEqual(expect.arrayContaining([others, family].sort()));
  });
});

describe('all other sign-ins', () => {
  test('end, and the one that asks goes on', async () => {
    const own = await addSession(person);
    await addSession(person);
    await addFamily(desk.sql, person.id);
    await addSession(person, { began: 31 * 24 * 60 });
    const caller = desk.callerAs({ ...person, sessionId: own });
    expect(await caller.me.endOtherSessions()).toEqual({ ended: 2 });
    expect(await idsOf(person)).toEqual([own]);
    expect(await caller.me.endOtherSessions()).toEqual({ ended: 0 });
    expect(await logouts()).toEqual([
      { actor_id: person.id, target_id: null, subject_user_id: person.id, status: 'success', details: { ended: 2 } },
    ]);
  });

  test('end with the token that is being made for them', async () => {
    const family = await addFamily(desk.sql, person.id);
    let ending: Promise<unknown> | undefined;
    await desk.orm.em.fork().transactional(async (em) => {
      // As a renewal does it.
      await em.execute('select 1 from app_user where id = ? for key share', [person.id]);
      ending = desk.callerAs(person).me.endOtherSessions();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await em.execute(
        `insert into refresh_token (id, family_id, token_hash, user_id, created_at, signed_in_at, expires_at)
         select gen_random_uuid(), family_id, 'late ' || family_id, user_id, now(), signed_in_at, expires_at
         from refresh_token where family_id = ?`,
        [family],
      );
    });
    await ending;
    expect(await listed(person)).toEqual([]);
  });
});
