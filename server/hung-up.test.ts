import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Access, log } from './telemetry/logger.ts';
import { type MetricsServer, startMetricsServer } from './telemetry/metrics-server.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

let desk: TestDesk;
let server: Server;
let metrics: MetricsServer;
let pageIsAsked: () => void;
let showPage: () => void;

beforeAll(async () => {
  desk = await openTestDesk({
    pages: () => async () => {
      const shown = new Promise<void>((resolve) => (showPage = resolve));
      pageIsAsked();
      await shown;
      return new Response('a page');
    },
  });
  server = await desk.listen();
  metrics = await startMetricsServer({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await metrics.close();
  await desk.close();
});

let lines: (Access & { msg?: string })[];
beforeEach(() => {
  lines = [];
  for (const level of ['info', 'error'] as const)
    vi.spyOn(log, level).mockImplementation((line: unknown) => void lines.push({ ...(line as Access) }));
});
afterEach(() => vi.restoreAllMocks());

/** Sends a request and leaves the connection open. */
async function ask(method: string, path: string, who: 'support' | null, body = ''): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const token = who ? `Authorization: Bearer ${await desk.tokenOf(who)}\r\n` : '';
  const head = `${method} ${path} HTTP/1.1\r\nHost: desk.example\r\n${token}Content-Type: application/json`;
  socket.write(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return socket;
}

/** Leaves, and waits until the server knows. */
async function hangUp(socket: Socket): Promise<void> {
  const connections = promisify(server.getConnections.bind(server));
  const before = await connections();
  socket.destroy();
  await vi.waitFor(async () => expect(await connections()).toBeLessThan(before));
}

/** Holds the table of incidents while `work` runs, so that what needs it waits. */
async function whileIncidentsAreHeld(work: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: desk.url });
  await holder.connect();
  try {
    await holder.query('begin; lock table incident in access exclusive mode');
    await work();
    await holder.query('rollback');
  } finally {
    await holder.end();
  }
}

async function waitsForIncidents(): Promise<void> {
  await vi.waitFor(async () => {
    // Databases made of one template give their tables the same numbers.
    const waiting = await desk.sql(
      `select 1 from pg_locks where relation = 'incident'::regclass and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(waiting).toHaveLength(1);
  }, 4_000);
}

const countOf = async (route: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
  const series = text.split('\n').find((line) => line.includes(`route="${route}"`) && line.includes('status="499"'));
  return Number(series?.split(' ').at(-1) ?? 0);
};

async function loggedOf(route: string): Promise<Access> {
  return vi.waitFor(() => {
    const line = lines.find((one) => one.route === route);
    expect(line).toBeDefined();
    return line as Access;
  }, 6_000);
}

const creation = () => ({ user_id: desk.people.user.id, category: 'account', title: 'Hung up', description: 'Words' });
const created = () => desk.sql("select 1 from incident where title = 'Hung up'");

test('of a batch whose caller hangs up, the call that has begun ends and the later ones never run', async () => {
  const path = `/trpc/${Array(4).fill('incidents.create').join(',')}?batch=1`;
  const body = JSON.stringify({ 0: creation(), 1: creation(), 2: creation(), 3: creation() });
  await whileIncidentsAreHeld(async () => {
    const socket = await ask('POST', path, 'support', body);
    await waitsForIncidents();
    await hangUp(socket);
  });
  expect(await loggedOf('/trpc/{batch}')).toMatchObject({ method: 'POST', status: 499 });
  expect(await countOf('/trpc/{batch}')).toBe(1);
  expect(await created()).toHaveLength(1);
  expect(await desk.sql("select status from audit_event where action = 'support_incident_create'")).toEqual([
    { status: 'success' },
  ]);
  expect(lines.filter((line) => line.status !== 499)).toEqual([]);
});

test('a batch whose caller stays runs every call', async () => {
  const before = (await created()).length;
  const path = `/trpc/${Array(3).fill('incidents.create').join(',')}?batch=1`;
  const socket = await ask('POST', path, 'support', JSON.stringify({ 0: creation(), 1: creation(), 2: creation() }));
  expect(await loggedOf('/trpc/{batch}')).toMatchObject({ status: 200 });
  expect((await created()).length - before).toBe(3);
  socket.destroy();
});

test.each([
  ['GET', '/v1/support/incidents', '/v1/support/incidents'],
  ['GET', '/trpc/incidents.list', '/trpc/incidents.list'],
])('%s %s whose caller hangs up is 499 in log and metric', async (method, path, route) => {
  await whileIncidentsAreHeld(async () => {
    const socket = await ask(method, path, 'support');
    await waitsForIncidents();
    await hangUp(socket);
  });
  expect(await loggedOf(route)).toMatchObject({ method, status: 499 });
  expect(await countOf(route)).toBe(1);
});

test('a page whose reader leaves is 499 in log and metric, whatever it says in the end', async () => {
  const asked = new Promise<void>((resolve) => (pageIsAsked = resolve));
  const socket = await ask('GET', '/login', null);
  await asked;
  await hangUp(socket);
  showPage();
  expect(await loggedOf('/login')).toMatchObject({ method: 'GET', status: 499 });
  expect(await countOf('/login')).toBe(1);
});

test('a caller that leaves before its body has come leaves no error', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const head = 'POST /v1/auth/login HTTP/1.1\r\nHost: desk.example\r\nContent-Type: application/json';
  socket.write(`${head}\r\nContent-Length: 100\r\n\r\n{"email"`);
  await sleep(200);
  await hangUp(socket);
  expect(await loggedOf('/v1/auth/login')).toMatchObject({ status: 499 });
});
