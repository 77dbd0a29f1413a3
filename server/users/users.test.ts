import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  for (const name of [
    'Élodie Müller',
    'Renée-Élodie Petit',
    'محمد علي',
    '李小龙',
    'ŁUKASZ Żółć',
    "O'Brien 100%_x",
    'İpek 🎉',
  ]) {
    await addPerson(desk.sql, { name, email: `${name.length}.${[...name].length}@people.example` });
  }
});
afterAll(() => desk.close());

const names = async (query: string) =>
  (await desk.callerAs('support').users.search({ query })).items.map((item) => item.name);

test.each([
  ['elodie', ['Élodie Müller', 'Renée-Élodie Petit']],
  ['MULLER', ['Élodie Müller']],
  ['zołc', ['ŁUKASZ Żółć']],
  ['علي', ['محمد علي']],
  ['小', ['李小龙']],
  ['100%_', ["O'Brien 100%_x"]],
  ['%', ["O'Brien 100%_x"]],
  ['ipek', ['İpek 🎉']],
  ['🎉', ['İpek 🎉']],
  ['nobody at all', []],
])('%s finds its people', async (query, found) => {
  expect(await names(query)).toEqual(found);
});

test('an e-mail is found by a fragment, and people without a query are the newest first', async () => {
  expect(await names('@people.example')).toHaveLength(7);
  const { items, total } = await desk.callerAs('support').users.search({ limit: 1 });
  expect(items[0]?.name).toBe('İpek 🎉');
  expect(total).toBe(10);
});

test('a search pages through all its matches', async () => {
  const support = desk.callerAs('support').users;
  const first = await support.search({ query: 'people.example', limit: 4 });
  const second = await support.search({ query: 'people.example', limit: 4, cursor: first.next_cursor ?? '' });
  expect(first.has_more).toBe(true);
  expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(7);
  const back = await support.search({ query: 'people.example', limit: 4, cursor: second.prev_cursor ?? '' });
  expect(back.items).toEqual(first.items);
});

test('a search leaves one event without what was searched for', async () => {
  await desk.callerAs('support', 'request-search').users.search({ query: 'muller' });
  const kept = await desk.sql('select action, status, details::text from audit_event where request_id = $1', [
    'request-search',
  ]);
  expect(kept).toEqual([{ action: 'support_user_search', status: 'success', details: '{}' }]);
});
