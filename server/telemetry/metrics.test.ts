import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { registerDeskGauges } from './desk-gauges.ts';
import { countIncident, countRateLimitRejection, recordHttpRequest, recordResolution } from './metrics.ts';
import { type MetricsServer, startMetricsServer } from './metrics-server.ts';

let server: MetricsServer;

beforeEach(async () => {
  server = await startMetricsServer({ host: '127.0.0.1', port: 0 });
});
afterEach(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
const scrape = async () => (await get('/metrics')).text();

it('serves the counters and histograms under their fixed names', async () => {
  countIncident('account', 'high');
  countIncident('account', 'high');
  countRateLimitRejection('user');
  recordResolution(new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T03:00:00Z'));
  const answered = { route: '/v1/me', seconds: 0.02, reached: true };
  recordHttpRequest({ ...answered, method: 'GET', status: 200 });
  recordHttpRequest({ ...answered, method: 'HEAD', status: 401 });
  for (const route of ['/v1/me', '/trpc/me.get', '/trpc/{batch}', '/login', '/*'])
    recordHttpRequest({ method: 'BREW', route, status: 400, seconds: 0.02, reached: false });
  const lines = (await scrape()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE support_incidents_total counter',
      'support_incidents_total{category="account",priority="high"} 2',
      'support_incidents_total{category="content",priority="low"} 0',
      '# TYPE support_incidents_resolution_seconds histogram',
      'support_incidents_resolution_seconds_sum 10800',
      'support_incidents_resolution_seconds_bucket{le="7200"} 0',
      'support_incidents_resolution_seconds_bucket{le="14400"} 1',
      'rate_limit_rejections_total{policy="user"} 1',
      'rate_limit_rejections_total{policy="login"} 0',
      'rate_limit_insurance_total 0',
      'http_server_request_duration_seconds_count{method="GET",route="/v1/me"} 2',
      'http_server_request_duration_seconds_count{method="_OTHER",route="/v1/*"} 1',
      'http_server_requests_total{method="GET",route="/v1/me",status="200"} 1',
      'http_server_requests_total{method="GET",route="/v1/me",status="401"} 1',
      'http_server_requests_total{method="_OTHER",route="/v1/*",status="400"} 1',
      'http_server_requests_total{method="_OTHER",route="/trpc/*",status="400"} 2',
      'http_server_requests_total{method="_OTHER",route="/*",status="400"} 2',
    ]),
  );
});

it('reads the gauges once per scrape, with every label', async () => {
  let reads = 0;
  const unregister = registerDeskGauges(async () => {
    reads++;
    return { incidentsOpen: { high: 3 }, privacyOpen: { erasure: 2 }, privacyOverdue: {} };
  });
  const text = await scrape();
  unregister();
  expect(reads).toBe(1);
  for (const line of [
    'support_incidents_open{priority="low"} 0',
    'support_incidents_open{priority="high"} 3',
    'privacy_requests_open{kind="erasure"} 2',
    'privacy_requests_overdue{kind="access"} 0',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

it('tells that the gauges cannot be read, rather than what they were', async () => {
  const unregister = registerDeskGauges(() => Promise.reject(new Error('the database is away')));
  const text = await scrape();
  unregister();
  expect(text).toContain('support_incidents_total{');
  expect(text).toContain('support_incidents_open{priority="high"} NaN');
});

it('serves nothing else', async () => {
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
  expect((await get('/metrics')).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
});

const promtool = spawnSync('promtool', ['--version']).status === 0;

it.runIf(promtool)('passes the linter of Prometheus', async () => {
  const unregister = registerDeskGauges(async () => ({ incidentsOpen: {}, privacyOpen: {}, privacyOverdue: {} }));
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: await scrape(), encoding: 'utf8' });
  unregister();
  expect(checked.stdout + checked.stderr).toBe('');
});
