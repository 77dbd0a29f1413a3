import { expect, test } from 'vitest';
import { calledBy } from './called.ts';

const routeOf = (path: string) => calledBy(`http://desk.example/trpc${path}`).route;

test.each([
  ['/me.get', { calls: 1, route: '/trpc/me.get' }],
  ['/me.get?batch=1', { calls: 1, route: '/trpc/me.get' }],
  ['/%6d%65.get?batch=1', { calls: 1, route: '/trpc/me.get' }],
  ['//me.get', { calls: 1, route: '/trpc/*' }],
  ['/constructor', { calls: 1, route: '/trpc/*' }],
  ['/me.get,me.get?batch=1', { calls: 2, route: '/trpc/{batch}' }],
  ['/me.get%2cme.get%2C,?batch=1', { calls: 4, route: '/trpc/{batch}' }],
  ['/,,?batch=1&batch=0', { calls: 3, route: '/trpc/{batch}' }],
  ['/me.get,me.get?batch=0&batch=1', { calls: 1, route: '/trpc/*' }],
  ['/%ff%2Cme.get', { calls: 1, route: '/trpc/*' }],
  ['', { calls: 1, route: '/trpc/*' }],
])('%s calls', (path, called) => {
  expect(calledBy(`http://desk.example/trpc${path}`)).toEqual(called);
});

test('a thousand batches in any order have one route', () => {
  const names = ['me.get', 'users.search', 'nothing', 'audit.list', ''];
  const orders = Array.from({ length: 1000 }, (_, i) =>
    Array.from({ length: 2 + (i % 30) }, (_, j) => names[(i * 7 + j * j) % names.length]).join(i % 2 ? ',' : '%2C'),
  );
  expect(new Set(orders.map((order) => routeOf(`/${order}?batch=1`)))).toEqual(new Set(['/trpc/{batch}']));
});
