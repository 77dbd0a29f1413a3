import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drain } from './drain.ts';

let server: Server;
let port: number;
let finishSlow: () => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow') finishSlow = () => response.end('slow');
    else response.end('fast');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** The answer's text and `connection` header, or the code of what went wrong. */
function ask(path: string, agent: Agent | false = false): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path, agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk));
      response.on('end', () => resolve(`${text} ${response.headers.connection}`));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

/** Milliseconds that it took. */
async function timed(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return performance.now() - started;
}

test('a server that stops answers new connections for a while, then no more', async () => {
  const drained = drain(server, { notice: 300, limit: 2_000 });
  expect(await ask('/')).toBe('fast close');
  await drained;
  expect(await ask('/')).toBe('ECONNREFUSED');
});

test('it answers as long as a request is in flight, and that one finishes', async () => {
  const slow = ask('/slow');
  await once(server, 'request');
  const drained = drain(server, { notice: 50, limit: 5_000 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await ask('/')).toBe('fast close');
  finishSlow();
  expect(await slow).toMatch(/^slow/);
  await drained;
});

test('what does not finish within the limit is cut off', async () => {
  const slow = ask('/slow');
  await once(server, 'request');
  expect(await timed(drain(server, { notice: 50, limit: 300 }))).toBeLessThan(1_000);
  expect(await slow).toBe('ECONNRESET');
});

test('connections that are kept alive hold nothing up, and are not cut while they ask', async () => {
  const asking = new Agent({ keepAlive: true });
  const resting = new Agent({ keepAlive: true });
  expect([await ask('/', asking), await ask('/', resting)]).toEqual(['fast keep-alive', 'fast keep-alive']);
  const took = timed(drain(server, { notice: 300, limit: 5_000 }));
  expect(await ask('/', asking)).toBe('fast close');
  expect(await took).toBeLessThan(1_000);
});

test('a connection opened in advance holds it up for no longer than the limit', async () => {
  const opened = connect(port, '127.0.0.1').on('error', () => {});
  await once(server, 'connection');
  expect(await timed(drain(server, { notice: 50, limit: 300 }))).toBeLessThan(1_000);
  opened.destroy();
});
