import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from './fields.schema.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { addPerson, type Person } from './testing/people.ts';

type Listing = { limit: number; cursor?: string | undefined };
type List = (input: Listing) => Promise<Page<{ id: string }>>;

const SIZE = 5;
const INSTANT = '2026-01-01T00:00:00.000Z';

let desk: TestDesk;
let owner: Person;
let lists: Record<string, List>;

beforeAll(async () => {
  desk = await openTestDesk();
  owner = await addPerson(desk.sql, { name: 'Anna Keyset', email: 'anna@keyset.example' });
  for (let index = 1; index < SIZE; index++) {
    await addPerson(desk.sql, { name: `${index % 2 ? 'Anna' : 'Öğe'} Keyset`, email: `${index}@keyset.example` });
  }
  for (let index = 0; index < SIZE; index++) {
    await desk.callerAs('support', 'request-of-keyset').incidents.create({
      user_id: owner.id,
      category: 'account',
      title: 'Title',
      description: 'Words',
    });
    const { id } = await desk.callerAs(owner).privacy.own.create({ kind: 'access' });
    await desk.callerAs('ops').privacy.deny({ id, reason: 'Words' });
  }
  // Where many rows have one time, the id alone keeps the order.
  await desk.sql('update app_user set created_at = $1', [INSTANT]);
  await desk.sql('update incident set created_at = $1', [INSTANT]);
  await desk.sql('update privacy_request set created_at = $1, due_at = $1, first_due_at = $1', [INSTANT]);
  const { incidents, users, privacy, audit } = desk.callerAs('ops');
  lists = {
    incidents: (input) => incidents.list(input),
    audit: (input) => audit.list({ ...input, request_id: 'request-of-keyset' }),
    privacy: (input) => privacy.list(input),
    'my privacy requests': (input) => desk.callerAs(owner).privacy.own.list(input),
    users: (input) => users.search(input),
    'users by a fragment': (input) => users.search({ ...input, query: 'keyset' }),
  };
});
afterAll(() => desk.close());

const names = ['incidents', 'audit', 'privacy', 'my privacy requests', 'users', 'users by a fragment'];
const listOf = (name: string) => lists[name] as List;
const idsOf = ({ items }: Page<{ id: string }>) => items.map(({ id }) => id);
const textOf = (cursor: string | null) => Buffer.from(cursor ?? '', 'base64url').toString();
const cursorOf = (text: string) => Buffer.from(text).toString('base64url');
const REFUSED = { errorCode: 'validation_failed', details: { issues: [{ path: 'cursor' }] } };

describe.each(names)('the list of %s', (name) => {
  test('is walked forth and back, page by page, without gap or repeat', async () => {
    const list = listOf(name);
    const whole = idsOf(await list({ limit: 100 }));
    expect(whole.length).toBeGreaterThanOrEqual(SIZE);
    const pages: Page<{ id: string }>[] = [];
    for (let cursor: string | null | undefined; cursor !== null; cursor = pages.at(-1)?.next_cursor ?? null) {
      pages.push(await list({ limit: 2, cursor }));
    }
    expect(pages.flatMap(idsOf)).toEqual(whole);
    for (let index = pages.length - 1; index > 0; index--) {
      const before = await list({ limit: 2, cursor: pages[index]?.prev_cursor ?? '' });
      expect(idsOf(before)).toEqual(idsOf(pages[index - 1] as Page<{ id: string }>));
      expect(before.has_more).toBe(true);
    }
  });

  test('refuses the cursors of every other list', async () => {
    const { next_cursor } = await listOf(name)({ limit: 2 });
    for (const other of names.filter((other) => other !== name)) {
      await expect(listOf(other)({ limit: 2, cursor: next_cursor ?? '' })).rejects.toMatchObject(REFUSED);
    }
  });

  test('refuses what it did not hand out', async () => {
    const text = textOf((await listOf(name)({ limit: 2 })).next_cursor);
    const [tag, , id] = text.split('|');
    for (const forged of [
      `${tag}|a|${id}|0000-01-01T00:00:00.000Z`,
      `${tag}|b|${id}|0000-01-01T00:00:00.000Z`,
      `${tag}|a|${id}|2026-13-01T00:00:00.000Z`,
      `${tag}|a|${id}|2026-01-01`,
      `${tag}|a|${id}|`,
      `${tag}|c|${id}`,
      `${tag}|a|1`,
      `a|${id}|${INSTANT}`,
      `${text}x`,
    ]) {
      await expect(listOf(name)({ limit: 2, cursor: cursorOf(forged) }), forged).rejects.toMatchObject(REFUSED);
    }
  });
});

test.each(['users', 'users by a fragment'])('a cursor of %s says nothing about the person', async (name) => {
  const { items, next_cursor } = await listOf(name)({ limit: 2 });
  expect(textOf(next_cursor).split('|')).toEqual([expect.stringMatching(/^[a-z-]+$/), 'a', items[1]?.id]);
});

test('a cursor that names nobody, or somebody whom a search does not find, is refused', async () => {
  const tag = textOf((await listOf('users by a fragment')({ limit: 2 })).next_cursor).split('|')[0];
  for (const id of ['01890000-0000-7000-8000-000000000000', desk.people.support.id]) {
    const cursor = cursorOf(`${tag}|a|${id}`);
    await expect(listOf('users by a fragment')({ limit: 2, cursor })).rejects.toMatchObject(REFUSED);
  }
  const nobody = cursorOf('users|a|01890000-0000-7000-8000-000000000000');
  const caller = desk.callerAs('ops', 'request-from-nowhere').users;
  await expect(caller.search({ cursor: nobody })).rejects.toMatchObject(REFUSED);
  expect(await desk.sql("select 1 from audit_event where request_id = 'request-from-nowhere'")).toEqual([]);
});
