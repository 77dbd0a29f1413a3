import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { expectError } from './testing/expect-error.ts';
import { restRoutes } from './trpc/rest.ts';

const assets = mkdtempSync(join(tmpdir(), 'guichet-assets-'));
let desk: TestDesk;
beforeAll(async () => {
  mkdirSync(join(assets, 'assets'));
  writeFileSync(join(assets, 'assets', 'a.js'), '1');
  writeFileSync(join(assets, 'favicon.svg'), '<svg/>');
  desk = await openTestDesk({ publicUrl: 'https://desk.example', assets });
});
afterAll(async () => {
  await desk.close();
  rmSync(assets, { recursive: true });
});

const PATHS = [
  '/healthz',
  '/readyz',
  '/assets/a.js',
  '/assets/nothing.js',
  '/favicon.svg',
  '/login',
  '/nothing',
  '/%ZZ',
  '/v1/docs',
  '/v1/docs/swagger-ui.css',
  '/v1/openapi.json',
  '/v1/nothing',
  '/trpc/nothing',
  '/trpc/me.get',
  ...restRoutes().map(({ path }) => `/v1${path}`),
];

test.each(PATHS)('%s is never guessed at, and never asked for by http again', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
    const { headers } = await desk.fetch(path, { method });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.has('x-request-id')).toBe(true);
  }
});

test('the page of the API serves what it loads, and nothing else of its library', async () => {
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js'])
    expect((await desk.fetch(`/v1/docs/${file}`)).status).toBe(200);
  for (const file of [
    '',
    'index.html',
    'package.json',
    'swagger-ui-bundle.js.map',
    'swagger-ui.js',
    '..%2fpackage.json',
  ])
    await expectError(await desk.fetch(`/v1/docs/${file}`), 404, 'route_not_found');
});

test('files are served whole, whichever part of them is asked for', async () => {
  for (const range of ['lines=1', 'bytes=9-1', 'bytes=0-0', 'bytes=99999999-', 'bytes=0-1,3-4']) {
    for (const path of ['/v1/docs/swagger-ui.css', '/assets/a.js', '/favicon.svg']) {
      const answer = await desk.fetch(path, { headers: { range } });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null]);
    }
  }
});

test('addresses that cannot be read are refused in the shape of every failure', async () => {
  const json = { headers: { accept: 'application/json' } };
  for (const path of [
    '/%ZZ',
    '/incidents/%C0%AF',
    '/%5C',
    '/v1/%ED%A0%80',
    '/v1/support/users/%00',
    '/login?_data=root',
  ])
    await expectError(await desk.fetch(path, json), 400, 'validation_failed');
  await expectError(await desk.fetch('http://desk.example//login', json), 404, 'route_not_found');
  await expectError(await desk.fetch('/nothing', json), 404, 'route_not_found');
});
