import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../server/testing/desk.ts';
import { addPerson } from '../server/testing/people.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

let made = 0;
async function addCustomer(name: string): Promise<string> {
  made++;
  const { id } = await addPerson(desk.sql, { role: 'user', name, email: `customer-${made}@like.example` });
  const description = 'Words';
  await desk.callerAs('support').incidents.create({ user_id: id, category: 'account', title: name, description });
  return id;
}

async function found(query: string): Promise<{ people: number; incidents: number }> {
  const caller = desk.callerAs('support');
  const [people, incidents] = await Promise.all([caller.users.search({ query }), caller.incidents.list({ query })]);
  return { people: people.total, incidents: incidents.total };
}

describe('signs are text, in any width', () => {
  beforeAll(async () => {
    await addCustomer('zqw%xk');
    await addCustomer('zqw_xk');
    await addCustomer('zqw\\xk');
    await addCustomer('zqwaxk');
  });

  test.each(['%', '_', '\\', '％', '＿', '＼', '﹪', '﹍', '﹨'])('%s', async (sign) => {
    const once = { people: 1, incidents: 1 };
    expect(await found(`zqw${sign}xk`)).toEqual(once);
    expect(await found(sign)).toEqual(once);
  });
});

describe('what nobody sees or types is not searched for', () => {
  const INVISIBLE = [0x200d, 0x200c, 0xad, 0x200b, 0xfeff, 0x200e, 0x200f, 0x202e, 0x2066, 0x2060, 0xfe0f, 0xe0101];

  test.each(INVISIBLE.map((code) => [code.toString(16), String.fromCodePoint(code)]))('U+%s', async (code, sign) => {
    await addCustomer(`Yv${code}${sign}jo${sign}han`);
    expect(await found(`yv${code}johan`)).toEqual({ people: 1, incidents: 1 });
    expect(await found(`yv${code}j${sign}ohan`)).toEqual({ people: 1, incidents: 1 });
    expect(await found(`a${sign}`)).toEqual(await found('a'));
  });

  test('alone it finds nobody', async () => {
    expect(await found('\u200b\u200d')).toEqual({ people: 0, incidents: 0 });
  });
});

test('lower case does not hang on the place in a word', async () => {
  await addCustomer('ΟΔΥΣΣΕΥΣ ΠΑΠΑΣ');
  for (const query of ['Οδυσσεύς', 'οδυσσευσ', 'ΟΔΥΣΣΕΥΣ Π', 'παπάς', 'παπάσ', 'οδυς'])
    expect(await found(query)).toEqual({ people: 1, incidents: 1 });
});

test('rows of the fold before are written anew by the migration, those that it changes alone', async () => {
  const { Migration20261125212300_fold_invisible_characters: Fold } = await import(
    './migrations/20261125212300_fold_invisible_characters.ts'
  );
  const run = async (way: 'up' | 'down') => {
    const migration = new Fold(desk.orm.em.getDriver(), desk.orm.config);
    migration[way]();
    for (const text of migration.getQueries()) await desk.sql(String(text));
  };
  const id = await addCustomer('Wk\u200doldfold');
  const rows = () => desk.sql<{ id: string; at: string }>('select id, xmin::text as at from app_user order by id');
  await run('down');
  const [row] = await desk.sql<{ search_text: string }>('select search_text from app_user where id = $1', [id]);
  expect(row?.search_text).toContain('wk\u200doldfold');
  const before = await rows();
  await run('up');
  expect(await found('wkoldfold')).toEqual({ people: 1, incidents: 1 });
  const after = await rows();
  const changed = after.filter((row, at) => row.at !== before[at]?.at).map((row) => row.id);
  expect(changed).toContain(id);
  expect(changed.length).toBeLessThan(after.length);
});
