import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

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
  const admitted = Array.from({ length: 3_000 }, (_, n) => desk.desk.refusals.admits(`198.51.100.${n}`));
  expect(admitted.filter(Boolean)).toHaveLength(1_000 + 10);
  await desk.desk.refusals.closeWindow();
  expect((await events()).slice(before).map(({ details }) => details)).toEqual([{ refused: 1_990 }]);
});

test('an unknown token at sign-out is answered alike and leaves no event', async () => {
  const before = await desk.sql('select 1 from audit_event');
  const sent = { refresh_token: 'nobody-was-given-this' };
  expect(await desk.callerAs(null).auth.logout(sent)).toEqual({ signed_out: true });
  expect(await desk.sql('select 1 from audit_event')).toHaveLength(before.length);
});
