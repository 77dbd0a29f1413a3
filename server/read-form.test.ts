import { expect, test } from 'vitest';
import { readForm } from './read-form.ts';

const post = (type: string | null, body: string) => {
  const request = new Request('http://desk.example/login', { method: 'POST', body });
  request.headers.delete('content-type');
  if (type) request.headers.set('content-type', type);
  return readForm(request);
};
const BOUNDARY = '------------------------2f0c7a9b1d3e';
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const part = (name: string, value: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test.each([
  ['application/x-www-form-urlencoded', 'email=a%40b.example&next=/'],
  ['Application/X-WWW-Form-URLencoded; charset=UTF-8', 'email=a%40b.example&next=/'],
  [MULTIPART, `${part('email', 'a@b.example')}${part('next', '/')}--${BOUNDARY}--\r\n`],
])('a form sent as %s is read', async (type, body) => {
  expect([...(await post(type, body))]).toEqual([
    ['email', 'a@b.example'],
    ['next', '/'],
  ]);
});

test.each([null, 'text/plain', 'application/json'])('nothing at all, sent as %s, is an empty form', async (type) => {
  expect([...(await post(type, ''))]).toEqual([]);
});

test.each([
  [null, 'email=a'],
  ['text/plain', 'email=a'],
  ['application/json', '{"email":"a"}'],
  ['multipart/form-data-not', 'x'],
])('what is sent as %s is no form', async (type, body) => {
  await expect(post(type, body)).rejects.toMatchObject({ errorCode: 'unsupported_media_type' });
});

test.each([
  ['multipart/form-data', 'email=a'],
  [MULTIPART, 'email=a'],
  [MULTIPART, part('email', 'a@b.example')],
  [MULTIPART, ''],
])('a form sent as %s that does not parse is refused', async (type, body) => {
  await expect(post(type, body)).rejects.toMatchObject({
    errorCode: 'validation_failed',
    details: { issues: [{ path: '', message: 'is not a form that can be read' }] },
  });
});
