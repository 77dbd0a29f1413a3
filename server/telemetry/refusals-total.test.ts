import { afterAll, beforeAll, expect, test } from 'vitest';
import { REFUSALS } from '../errors.rules.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { type MetricsServer, startMetricsServer } from './metrics-server.ts';

let metrics: MetricsServer;
let desk: TestDesk;
beforeAll(async () => {
  metrics = await startMetricsServer({ host: '127.0.0.1', port: 0 });
  desk = await openTestDesk({ limits: { user: { points: 1, duration: 60 } } });
});
afterAll(async () => {
  await desk.close();
  await metrics.close();
});

async function counted(): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
  const series = [...text.matchAll(/^refusals_total\{code="(\w+)"\} (\d+)$/gm)];
  return Object.fromEntries(series.map(([, code, value]) => [code, Number(value)]));
}

const json = { 'content-type': 'application/json' };

test('each refusal counts once under its code, of a closed set, whichever entrance it came by', async () => {
  const none = Object.fromEntries(REFUSALS.map((code) => [code, 0]));
  expect(await counted()).toEqual(none);
  await desk.fetch('/v1/me');
  await desk.fetch('/trpc/me.get,users.search?batch=1&input={}');
  await desk.fetch('/v1/audit/events', {}, 'support');
  await desk.fetch('/v1/me', {}, 'ops');
  await desk.fetch('/v1/me', {}, 'ops');
  await desk.fetch('/v1/auth/login', { method: 'POST', headers: { ...json, origin: 'https://evil.example' } });
  const body = JSON.stringify({ email: 'nobody@test.example', password: 'wrong' });
  await desk.fetch('/v1/auth/login', { method: 'POST', headers: json, body });
  await desk.fetch('/v1/nothing/here');
  expect(await counted()).toEqual({
    ...none,
    unauthenticated: 3,
    insufficient_role: 1,
    rate_limited: 1,
    cross_origin: 1,
    invalid_credentials: 1,
  });
});
