import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { freePort } from '../db/free-port.ts';
import { childrenOf, processIdentity } from '../db/process-lock.ts';
import { SERVER_COMMAND } from '../server/command.ts';
import { startRedisServer } from '../server/testing/redis-server.ts';
import { DEMO_PASSWORD, type DemoRole, demoEmail } from './fixtures.ts';

type Server = { child: ChildProcess; address: string; output(): string };

let dataDir: string;
const servers: Server[] = [];

test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-process-'));
  // PostgreSQL runs as another account when the tests run as root.
  chmodSync(dataDir, 0o755);
});

test.afterEach(async () => {
  for (const { child } of servers.splice(0)) await end(child, 'SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, SERVER_COMMAND, {
    cwd: join(import.meta.dirname, '..'),
    env: {
      NODE_ENV: 'development',
      PATH: process.env.PATH,
      GUICHET_DEMO: '1',
      DATA_DIR: dataDir,
      PORT: String(port),
      METRICS_PORT: '0',
      ...variables,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const server = { child, address: `http://127.0.0.1:${port}`, output: () => output };
  servers.push(server);
  return server;
}

/** The status of `/readyz`, asked by a connection of its own as probes do; 0 when nobody answers. */
async function readiness({ address }: Server): Promise<number> {
  const headers = { connection: 'close' };
  return fetch(`${address}/readyz`, { headers }).then(
    ({ status }) => status,
    () => 0,
  );
}

async function ready(server: Server): Promise<void> {
  await expect.poll(() => readiness(server), { timeout: 60_000 }).toBe(200);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

/** A sign-in of which the last part is still to be sent. */
async function halfSignIn({ address }: Server): Promise<{ finish(): void; answered: Promise<string> }> {
  const { hostname, port } = new URL(address);
  const body = JSON.stringify({ email: demoEmail('support'), password: DEMO_PASSWORD });
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = ['POST /v1/auth/login HTTP/1.1', `Host: ${hostname}`, 'Content-Type: application/json'];
  const sent = promisify(socket.write.bind(socket));
  await sent(`${head.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
  return { finish: () => socket.write(body.slice(10)), answered: text(socket) };
}

async function signIn({ address }: Server): Promise<number> {
  const answer = await fetch(`${address}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: demoEmail('support'), password: DEMO_PASSWORD }),
  });
  return answer.status;
}

test('a stop ends in order with exit code 0, and a kill -9 is recovered from by the next start', async () => {
  const first = await start();
  await ready(first);
  expect(await signIn(first)).toBe(200);
  const inFlight = await halfSignIn(first);
  const asked = Date.now();
  const ended = end(first.child, 'SIGTERM');
  await expect.poll(() => readiness(first), { intervals: [20] }).toBe(503);
  inFlight.finish();
  expect(await inFlight.answered).toContain('HTTP/1.1 200 OK');
  expect(await ended, first.output()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);

  const second = await start();
  await ready(second);
  await end(second.child, 'SIGKILL');

  const third = await start();
  await ready(third);
  expect(await signIn(third)).toBe(200);
});

/** The embedded PostgreSQL of the test: its first process, and all of its processes. */
function postgres(): { first: number; all: number[] } {
  const first = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return { first, all: [first, ...childrenOf(first)] };
}

/** The REST API of a server, for one of the demo's people. */
async function apiOf({ address }: Server, who: DemoRole) {
  const call = async <Data>(method: string, path: string, authorization: string, body?: object) => {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${address}/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, ...((await answer.json()) as { data: Data }) };
  };
  const { data } = await call<{ access_token: string }>('POST', '/auth/login', '', {
    email: demoEmail(who),
    password: DEMO_PASSWORD,
  });
  const authorization = `Bearer ${data.access_token}`;
  return {
    get: <Data>(path: string) => call<Data>('GET', path, authorization),
    post: (path: string, body: object) => call<{ id: string }>('POST', path, authorization, body),
  };
}

/** Creates incidents until the server no longer answers; resolves to the statuses that came. */
async function writeOn(api: Awaited<ReturnType<typeof apiOf>>): Promise<Set<number>> {
  const { data: people } = await api.get<{ id: string }[]>('/support/users?query=an');
  const incident = { user_id: people[0]?.id, category: 'account', title: 'Written on', description: 'x' };
  const statuses = new Set<number>();
  for (;;) {
    const answer = await api.post('/support/incidents', incident).catch(() => null);
    if (!answer) return statuses;
    statuses.add(answer.status);
  }
}

/** Has an export of a customer without another one approved; resolves to the request's id, its job being due. */
async function approveExport(server: Server): Promise<string> {
  const support = await apiOf(server, 'support');
  const { data: people } = await support.get<{ id: string; role: string }[]>('/support/users?query=an&limit=50');
  for (const { id } of people.filter(({ role }) => role === 'user')) {
    const asked = await support.post('/support/privacy-requests', { user_id: id, kind: 'access' });
    if (asked.status !== 201) continue;
    const ops = await apiOf(server, 'ops');
    expect((await ops.post(`/support/privacy-requests/${asked.data.id}/approve`, {})).status).toBe(200);
    return asked.data.id;
  }
  throw new Error('every customer that was found has an export open');
}

test('PostgreSQL killed under writers heals, and the stop after it leaves none of it behind', async () => {
  const server = await start({ RATE_LIMITS: 'off' });
  await ready(server);
  const api = await apiOf(server, 'support');
  const writers = Array.from({ length: 8 }, () => writeOn(api));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  process.kill(postgres().first, 'SIGKILL');
  await expect.poll(() => readiness(server), { intervals: [50] }).toBe(503);
  await ready(server);
  const { all } = postgres();
  expect(all.length).toBeGreaterThan(1);
  const asked = Date.now();
  expect(await end(server.child, 'SIGTERM'), server.output()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(10_000);
  expect(all.filter((pid) => processIdentity(pid) !== null)).toEqual([]);
  for (const statuses of await Promise.all(writers)) {
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
  }
});

test('a stop while PostgreSQL is being started leaves none of it behind', async () => {
  const server = await start();
  const begun = () => {
    try {
      return postgres().first > 0;
    } catch {
      return false;
    }
  };
  await expect.poll(begun, { timeout: 60_000, intervals: [5] }).toBe(true);
  const { all } = postgres();
  expect(await end(server.child, 'SIGTERM'), server.output()).toBe(0);
  expect(all.filter((pid) => processIdentity(pid) !== null)).toEqual([]);
});

test('a stop that PostgreSQL does not follow ends in time, and its exit code says so', async () => {
  const server = await start();
  await ready(server);
  const { all } = postgres();
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  const asked = Date.now();
  expect(await end(server.child, 'SIGTERM'), server.output()).toBe(1);
  expect(Date.now() - asked).toBeLessThan(10_000);
  expect(server.output()).toMatch(/"step":"database".*A step of the stop failed/);
  expect(all.filter((pid) => processIdentity(pid) !== null)).toEqual([]);

  const next = await start();
  await ready(next);
  expect(await signIn(next)).toBe(200);
});

test('a stop asked for twice, with Redis hung and a job under way, is one stop, and the job is done once', async () => {
  const redis = await startRedisServer();
  try {
    const server = await start({ REDIS_URL: redis.url });
    await ready(server);
    const request = await approveExport(server);
    process.kill(redis.pid, 'SIGSTOP');
    const asked = Date.now();
    const ended = end(server.child, 'SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.child.kill('SIGTERM');
    expect(await ended, server.output()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(server.output().match(/"msg":"Stopping"/g)).toHaveLength(1);

    const next = await start();
    await ready(next);
    const ops = await apiOf(next, 'ops');
    const statusNow = async () =>
      (await ops.get<{ status: string }>(`/support/privacy-requests/${request}`)).data.status;
    await expect.poll(statusNow).toBe('completed');
    const { data: done } = await ops.get<object[]>(
      `/audit/events?target_id=${request}&action=privacy_request_complete`,
    );
    expect(done).toHaveLength(1);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
    await redis.stop();
  }
});

test('instances that start at once on one database all become ready', async () => {
  const instances = await Promise.all([start(), start(), start()]);
  await Promise.all(instances.map(ready));
  expect(await Promise.all(instances.map(signIn))).toEqual([200, 200, 200]);
});

test('behind a proxy, forms are taken at the public address, and limits told to who signs in', async () => {
  const server = await start({
    PUBLIC_URL: 'https://desk.example',
    TRUST_PROXY: '1',
    RATE_LIMITS: '{"login":{"email":{"points":2,"duration":60}}}',
  });
  await ready(server);
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const own = { origin: 'https://desk.example', 'x-forwarded-host': 'desk.example', 'x-forwarded-for': '192.0.2.1' };
    const init = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' } as const;
    return fetch(`${server.address}${path}`, { ...init, headers: { ...own, ...headers } });
  };
  const credentials = { email: demoEmail('support'), password: DEMO_PASSWORD };
  const signedIn = await post('/login', credentials);
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/']);
  expect(signedIn.headers.get('set-cookie')).toMatch(/^__Host-guichet_session=.*; Secure/);
  for (const origin of [server.address, 'http://desk.example', 'https://desk.example:444', 'https://evil.example']) {
    expect((await post('/login', credentials, { origin, 'x-forwarded-host': 'evil.example' })).status).toBe(403);
  }
  expect((await post('/preferences', { locale: 'fr' })).headers.get('set-cookie')).toMatch(/; Secure$/);

  const guess = { ...credentials, password: 'a wrong guess' };
  for (let attempt = 0; attempt < 2; attempt++) expect((await post('/login', guess)).status).toBe(401);
  const refused = await post('/login', guess);
  expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"login";q=2;w=60']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('production names everything that it lacks and does not start', async () => {
  const server = await start({ NODE_ENV: 'production', GUICHET_DEMO: '', PORT: 'http' });
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(1);
  for (const name of ['DATABASE_URL', 'SESSION_SECRET', 'JWT_SECRET', 'PORT'])
    expect(server.output()).toContain(`${name}: `);
});
