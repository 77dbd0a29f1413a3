import { expect, test } from 'vitest';
import { assertNoOldDataRequest, assertReadablePath } from './request-target.ts';

const HOST = 'http://desk.example';

test.each([
  '/',
  '',
  '/incidents/0190?query=%ZZ',
  '/caf%C3%A9',
  '/a%2Fb',
  '/%252f',
  '/a//b',
  '/100%25',
  '/?x=\\',
])('the address %s can be read', (path) => {
  expect(() => assertReadablePath(HOST + path)).not.toThrow();
});

test.each([
  '/%',
  '/%ZZ',
  '/a/%C0%AF',
  '/%ED%A0%80',
  '/%5C',
  '/%5Cevil.example',
  '/a%00b',
  '/%09/',
  '/%0d%0a',
  '/%7F',
])('the address %s is not valid', (path) => {
  expect(() => assertReadablePath(HOST + path)).toThrow(expect.objectContaining({ errorCode: 'validation_failed' }));
});

test.each(['//', '//evil.example/', '//?a'])('there is nothing at %s', (path) => {
  expect(() => assertReadablePath(HOST + path)).toThrow(expect.objectContaining({ errorCode: 'route_not_found' }));
});

test.each([
  ['/login', true],
  ['/login?data=1&x_data=2', true],
  ['/login?_data=routes/_auth.login', false],
  ['/login?a&%5Fdata', false],
])('%s is no data request of Remix 1: %s', (path, isFine) => {
  const check = expect(() => assertNoOldDataRequest(HOST + path));
  if (isFine) check.not.toThrow();
  else check.toThrow(expect.objectContaining({ errorCode: 'validation_failed' }));
});

test.each([
  'http://name:word@desk.example/',
  'http://@desk.example',
  'http://a@b?c',
])('%s names more than a host', (url) => {
  expect(() => assertReadablePath(url)).toThrow(expect.objectContaining({ errorCode: 'validation_failed' }));
  expect(() => assertReadablePath('http://desk.example/@me?a=b@c')).not.toThrow();
});
