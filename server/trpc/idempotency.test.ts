import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { expectError } from '../testing/expect-error.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test.each([
  '/v1/support/incidents',
  '/v1/support/privacy-requests',
])('a repeated POST %s is answered with the same bytes', async (path) => {
  const given = path.endsWith('incidents')
    ? { category: 'account', title: 'Title', description: 'Words "é" \u2028 \ud83c\udf89' }
    : { kind: 'access', details: 'Words' };
  const create = () =>
    desk.fetch(
      path,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': path,
          'x-request-id': 'the-same-request',
        },
        body: JSON.stringify({ user_id: desk.people.user.id, ...given }),
      },
      'support',
    );
  const [first, again] = [await create(), await create()];
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
  expect(await again.text()).toBe(await first.text());
  expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
});

function create(key: string | null, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) };
  return desk.fetch('/v1/privacy/requests', { method: 'POST', headers, body }, 'user');
}

test('the same body with its members in another order is the same body', async () => {
  const [first, again, other] = [
    await create('order', '{"kind":"rectification","details":"A"}'),
    await create('order', '{ "details": "A", "kind": "rectification" }'),
    await create('order', '{"details":"B","kind":"rectification"}'),
  ];
  expect([first.status, again.status, other.status]).toEqual([201, 201, 422]);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

test('a key of a version before still gives its answer', async () => {
  const body = { kind: 'erasure', details: 'A' };
  expect((await create('before', JSON.stringify(body))).status).toBe(201);
  const fingerprint = hash('sha256', JSON.stringify(['privacy.own.create', body]));
  await desk.sql("update idempotency_key set fingerprint = $1 where key = 'before'", [fingerprint]);
  expect((await create('before', JSON.stringify(body))).headers.get('idempotency-replayed')).toBe('true');
});

test.each([33, 5_000, 100_000])('a body %i deep is not valid, with a key or without', async (depth) => {
  for (const key of ['deep', null])
    await expectError(await create(key, `{"kind":${'['.repeat(depth)}${']'.repeat(depth)}}`), 400, 'validation_failed');
});
