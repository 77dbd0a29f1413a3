import type { APIRequestContext, APIResponse } from '@playwright/test';
import { DEMO_PASSWORD, demoEmail, expect, expectAccessible, signIn, test } from './fixtures.ts';

// What browsers send only when something is wrong, and other programs send all the time.

const READS_PAGES = { accept: 'text/html' };

const BODIES = [
  ['JSON', { 'content-type': 'application/json' }, '{"a"', 415],
  ['plain text', { 'content-type': 'text/plain' }, 'email=a', 415],
  ['a form without its boundary', { 'content-type': 'multipart/form-data' }, 'email=a', 400],
  [
    'a form that breaks off',
    { 'content-type': 'multipart/form-data; boundary=----------------------------x' },
    '-',
    400,
  ],
] as const;

async function signedIn(request: APIRequestContext, role: 'support' | 'user'): Promise<void> {
  const form = { email: demoEmail(role), password: DEMO_PASSWORD };
  const answer = await request.post('/login', { form, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
}

/** An error page in HTML, which quotes its request. */
async function expectErrorPage(answer: APIResponse, status: number): Promise<void> {
  expect(answer.status()).toBe(status);
  expect(answer.headers()['content-type']).toBe('text/html; charset=utf-8');
  expect(await answer.text()).toContain(answer.headers()['x-request-id']);
}

for (const [name, type, data, status] of BODIES) {
  test(`${name} is no form: the page says so, and asks who it is first`, async ({ request }) => {
    const headers = { ...READS_PAGES, ...type };
    await expectErrorPage(await request.post('/login', { headers, data }), status);
    for (const path of ['/account', '/incidents/new', '/privacy/new', '/', '/users/1']) {
      const answer = await request.post(path, { headers, data, maxRedirects: 0 });
      expect(answer.status()).toBe(303);
      expect(answer.headers().location).toMatch(/^\/login/);
    }
    await signedIn(request, 'support');
    for (const path of ['/account', '/incidents/new', '/privacy/new', '/', '/users/1']) {
      await expectErrorPage(await request.post(path, { headers, data }), status);
    }
  });
}

test('nothing at all is an empty form', async ({ request }) => {
  await signedIn(request, 'support');
  expect((await request.post('/incidents/new', { headers: READS_PAGES })).status()).toBe(400);
  expect((await request.post('/logout', { maxRedirects: 0 })).headers().location).toBe('/login?signed_out=1');
});

test('methods that a page does not take are refused, and the others named', async ({ request }) => {
  for (const [path, allowed] of [
    ['/login', 'GET, HEAD, POST'],
    ['/', 'GET, HEAD, POST'],
    ['/incidents', 'GET, HEAD'],
  ] as const) {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await request.fetch(path, { method, headers: READS_PAGES });
      await expectErrorPage(answer, 405);
      expect(answer.headers().allow).toBe(allowed);
    }
  }
  await expectErrorPage(await request.post('/nope', { headers: READS_PAGES }), 404);
});

test('pages are in the language that the browser likes best', async ({ request }) => {
  for (const [accepted, language] of [
    ['fr;q=0.1,en;q=0.9', 'en'],
    ['de,fr-CH;q=0.5', 'fr'],
  ] as const) {
    const answer = await request.get('/login', { headers: { 'accept-language': accepted } });
    expect(answer.headers()['content-language']).toBe(language);
    expect(answer.headers().vary).toBe('Accept-Language, Cookie');
  }
});

test('who forwarded a form is not believed of anybody', async ({ request, baseURL }) => {
  const headers = { origin: baseURL ?? '', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const form = { email: demoEmail('support'), password: DEMO_PASSWORD };
  expect((await request.post('/login', { headers, form, maxRedirects: 0 })).status()).toBe(303);
});

test('a customer is refused every page of the desk', async ({ request }) => {
  await signedIn(request, 'user');
  for (const path of ['/incidents/new', '/privacy/new', '/incidents', '/users', '/audit', '/ops']) {
    await expectErrorPage(await request.get(path, { headers: READS_PAGES }), 403);
  }
});

for (const locale of ['en', 'fr']) {
  test(`a form that cannot be read gives an accessible page in ${locale}`, async ({
    page,
    context,
    baseURL,
    consoleErrors,
  }) => {
    await context.addCookies([{ name: 'guichet_locale', value: locale, url: baseURL }]);
    await signIn(page, 'support');
    await page.route('/incidents/new', (route) =>
      route.continue({
        method: 'POST',
        headers: { ...route.request().headers(), 'content-type': 'text/plain' },
        postData: 'a',
      }),
    );
    const answer = await page.goto('/incidents/new');
    expect(answer?.status()).toBe(415);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(page.getByRole('main')).toContainText(answer?.headers()['x-request-id'] ?? 'none');
    await expectAccessible(page);
    expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('status of 415')]);
  });
}
