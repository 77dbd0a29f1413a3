import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskServer } from './desk-server.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = deskServer(() => new Response('here', { headers: { 'x-request-id': 'of-the-chain' } }), {
    publicUrl: 'https://desk.example',
    before: (_request, _response, next) => next(),
    limits: { headersTimeout: 300, requestTimeout: 600 },
    lookEvery: 50,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function answerTo(sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(sent);
  return text(socket);
}

test.each([
  ['a line that is none', 'GARBAGE\r\n\r\n', 400],
  ['a method in lower case', 'get / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
  ['a backslash', 'GET /\\ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['an address of nothing', 'GET http:// HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['a head of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['lengths that differ', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
  ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 405],
  ['a head that does not end', 'GET / HTTP/1.1\r\nHost: a\r\nX: ', 408],
])('%s is answered', async (_name, sent, status) => {
  const answer = await answerTo(sent);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  for (const header of ['x-content-type-options: nosniff', 'strict-transport-security: max-age=31536000'])
    expect(head.toLowerCase()).toContain(header);
  const { error } = JSON.parse(body.replace(/^[0-9a-f]+\r\n/, ''));
  expect(head).toContain(error.request_id);
  expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
});

test('an expectation that nobody knows does not stand in the way', async () => {
  const answer = await answerTo('GET / HTTP/1.1\r\nHost: a\r\nExpect: the-moon\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});

test('a body that does not come ends after its time, and an idle connection goes', async () => {
  const started = performance.now();
  const [slow, idle] = await Promise.all([
    answerTo('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx'),
    answerTo(''),
  ]);
  expect(slow.length + idle.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(5_000);
});
