import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

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
