import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { errorWords } from './page-words.ts';
import { log } from './telemetry/logger.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { expectError } from './testing/expect-error.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

describe('pages', () => {
  test.each([
    ['POST', '/nope', 404, 'route_not_found', null],
    ['DELETE', '/healthz', 404, 'route_not_found', null],
    ['POST', '/incidents', 405, 'method_not_allowed', 'GET, HEAD'],
    ['PUT', '/login', 405, 'method_not_allowed', 'GET, HEAD, POST'],
    ['OPTIONS', '/login', 405, 'method_not_allowed', 'GET, HEAD, POST'],
  ])('%s %s is %i', async (method, path, status, code, allow) => {
    const json = await desk.fetch(path, { method, headers: { accept: 'application/json' } });
    expect(json.headers.get('allow')).toBe(allow);
    await expectError(json, status, code);
    for (const accept of ['text/html', '*/*', undefined]) {
      const page = await desk.fetch(path, { method, headers: accept ? { accept } : {} });
      expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
      expect(await page.text()).toContain(page.headers.get('x-request-id'));
    }
  });

  test('a page that is refused speaks the language chosen, or the browser’s', async () => {
    const language = async (headers: Record<string, string>) => {
      const page = await desk.fetch('/nope', { method: 'POST', headers });
      expect(page.headers.get('vary')).toBe('Accept, Accept-Language, Cookie');
      const text = await page.text();
      const lang = /<html lang="(en|fr)">/.exec(text)?.[1] === 'fr' ? 'fr' : 'en';
      expect(text).toContain(`<p>${errorWords(lang, 'route_not_found')}</p>`);
      return lang;
    };
    expect(await language({ 'accept-language': 'fr;q=0.1,en;q=0.9' })).toBe('en');
    expect(await language({ 'accept-language': 'fr-CA,en;q=0.9' })).toBe('fr');
    expect(await language({ 'accept-language': 'en', cookie: 'guichet_locale=fr' })).toBe('fr');
    expect(errorWords('fr', 'route_not_found')).not.toBe(errorWords('en', 'route_not_found'));
  });

  test('vary by language', async () => {
    const page = await desk.fetch('/login');
    expect([page.status, page.headers.get('vary')]).toEqual([200, 'Accept-Language, Cookie']);
  });

  test('a form of another site is refused with a page', async () => {
    const page = await desk.fetch('/login', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain(page.headers.get('x-request-id'));
  });

  test('a sign-in refused by its limit says so in the headers', async () => {
    const limited = await openTestDesk({
      limits: { login: { email: { points: 1, duration: 60 } } },
      pages: (sessions) => async (request, context) => {
        const failure = await sessions.signIn(request, context).catch((error) => error);
        return Response.json({}, { status: failure.status });
      },
    });
    try {
      const body = 'email=a%40b.example&password=wrong';
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const attempt = () => limited.fetch('/login', { method: 'POST', headers, body });
      expect((await attempt()).status).toBe(401);
      const refused = await attempt();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('ratelimit')).toMatch(/^"login";r=0;t=\d+$/);
      expect(refused.headers.get('ratelimit-policy')).toBe('"login";q=1;w=60');
    } finally {
      await limited.close();
    }
  });

  test('nothing that could not be shown goes without its request id', async () => {
    const broken = await openTestDesk({ pages: () => async () => new Response(null, { status: 500 }) });
    try {
      const page = await broken.fetch('/login');
      expect(page.status).toBe(500);
      expect(await page.text()).toContain(page.headers.get('x-request-id'));
    } finally {
      await broken.close();
    }
  });
});

test.each([
  ['/login', '/login'],
  ['/nope', '/*'],
  ['/v1/auth/login', '/v1/auth/login'],
  ['/v1/support/incidents/0190?a=b', '/v1/support/incidents/{id}'],
  ['/v1/nothing', '/*'],
  ['/trpc/incidents.create', '/trpc/incidents.create'],
  ['/trpc/nothing', '/trpc/*'],
  ['/trpc/me.get?batch=1', '/trpc/me.get'],
  ['/trpc/me.get%2Cusers.search?batch=1', '/trpc/{batch}'],
  ['/trpc/users.search,me.get?batch=1', '/trpc/{batch}'],
  ['/trpc/me.get,nothing?batch=1', '/trpc/{batch}'],
  ['/trpc/me.get,users.search', '/trpc/*'],
  ['/trpc/%6de.get/', '/trpc/me.get'],
  ['/trpc/me.get%252Cme.get', '/trpc/*'],
])('what is refused before it is routed, as at %s, is logged as %s', async (path, route) => {
  const info = vi.spyOn(log, 'info');
  const method = route.endsWith('{id}') ? 'PATCH' : 'POST';
  const evil = await desk.fetch(path, { method, headers: { origin: 'https://evil.example' } });
  const big = await desk.fetch(path, { method, headers: { 'content-length': String(2 ** 21) } });
  expect([evil.status, big.status]).toEqual([403, 413]);
  const lines = info.mock.calls.map(([line]) => line as unknown as { route: string });
  info.mockRestore();
  expect(lines.map((line) => line.route)).toEqual([route, route]);
});
