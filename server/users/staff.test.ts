import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';
import { AGENTS_MAX } from './staff.schema.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

it('lists agents by name: no customers, nobody erased, at most so many', async () => {
  const zoe = await addPerson(desk.sql, { role: 'support', name: 'Zoe' });
  const erased = await addPerson(desk.sql, { role: 'ops', name: 'Aaron' });
  await desk.sql('update app_user set erased_at = now() where id = $1', [erased.id]);

  const { support, ops } = desk.people;
  expect(await desk.callerAs('support').users.agents()).toEqual([
    { id: ops.id, name: ops.name, role: 'ops' },
    { id: support.id, name: support.name, role: 'support' },
    { id: zoe.id, name: 'Zoe', role: 'support' },
  ]);

  await desk.sql(
    `insert into app_user (id, name, role, locale, created_at, updated_at)
     select gen_random_uuid(), 'B ' || n, 'support', 'en', now(), now() from generate_series(1, $1::int) n`,
    [AGENTS_MAX],
  );
  expect(await desk.callerAs('ops').users.agents()).toHaveLength(AGENTS_MAX);
});

it('answers by REST too', async () => {
  const answer = await desk.fetch('/v1/support/agents', {}, 'support');
  expect(answer.status).toBe(200);
  const { data } = (await answer.json()) as { data: { id: string }[] };
  expect(data.map(({ id }) => id)).toContain(desk.people.support.id);
});
