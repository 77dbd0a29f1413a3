import type { Page } from '@playwright/test';
import { choose, DEMO_PASSWORD, demoEmail, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

/** Several pages each; axe takes its time on a busy machine. */
const WRONG_SIGN_IN = {
  en: 'This e-mail and password do not go together. Check both and try again.',
  fr: 'Cet e-mail et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.',
};

/** A page that is refused is a failed request to the browser: these, and nothing else, may stand on its console. */
function expectStatus(consoleErrors: string[], status: number): void {
  for (const error of consoleErrors.splice(0)) expect(error).toContain(`status of ${status}`);
}

async function tryToSignIn(page: Page, password: string): Promise<void> {
  await page.locator('input[name="email"]').fill(demoEmail('support'));
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
}

/** Waits until the page's script is at work: React marks the elements that it has taken over. */
async function untilScripted(page: Page): Promise<void> {
  const marked = () =>
    page.locator('main').evaluate((main) => Object.keys(main).some((key) => key.startsWith('__reactProps')));
  await expect.poll(marked).toBe(true);
}

/** Presses the first key of a page again until it shows: the frame hears keys once it stands, after React's mark. */
async function pressUntil(page: Page, key: string, shows: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await shows();
  }).toPass();
}

for (const locale of ['en', 'fr'] as const) {
  test(`a wrong password is said in ${locale} and keeps the e-mail, without JavaScript too`, async ({
    context,
    page,
    withoutJavaScript,
    baseURL,
    consoleErrors,
  }) => {
    await choose(context, baseURL, { locale, scheme: 'light' });
    await choose(withoutJavaScript, baseURL, { locale, scheme: 'light' });
    for (const each of [page, await withoutJavaScript.newPage()]) {
      await each.goto('/login');
      await tryToSignIn(each, 'not the password');
      await expect(each.getByRole('alert')).toContainText(WRONG_SIGN_IN[locale]);
      await expect(each.locator('input[name="email"]')).toHaveValue(demoEmail('support'));
      await expect(each.locator('input[name="password"]')).toBeFocused();
    }
    await expectAccessible(page);
    expectStatus(consoleErrors, 401);
  });
}

test('whoever types before the script has come keeps what was typed', async ({ page }) => {
  // Keys without end, so that some fall into every moment of the page's start.
  await page.addInitScript(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const field = document.querySelector<HTMLInputElement>('input[name="email"]');
      if (field && field.value === '') field.value = 'typed@early.example';
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
      if (performance.now() < 3_000) channel.port2.postMessage(null);
    };
    channel.port2.postMessage(null);
  });
  await page.goto('/login');
  await untilScripted(page);
  await expect(page.locator('input[name="email"]')).toHaveValue('typed@early.example');
});

test('whoever comes to a page before signing in gets there after it', async ({ page, withoutJavaScript }) => {
  for (const each of [page, await withoutJavaScript.newPage()]) {
    await each.goto('/incidents?status=closed');
    await expect(each).toHaveURL('/login?next=%2Fincidents%3Fstatus%3Dclosed');
    await tryToSignIn(each, DEMO_PASSWORD);
    await expect(each).toHaveURL('/incidents?status=closed');
    await expect(each.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();
  }
});

test('signing in goes to no other site', async ({ page }) => {
  await page.goto('/login?next=//evil.example/incidents');
  await tryToSignIn(page, DEMO_PASSWORD);
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('signing out closes the desk, without JavaScript too', async ({ page, withoutJavaScript }) => {
  for (const each of [page, await withoutJavaScript.newPage()]) {
    await signIn(each, 'support');
    await each.locator('summary', { hasText: 'My menu' }).click();
    await each.getByRole('button', { name: 'Sign out' }).click();
    await expect(each.getByText('You are signed out.')).toBeVisible();
    await each.goto('/users');
    await expect(each).toHaveURL('/login?next=%2Fusers');
  }
});

test('language and colours are switched where one is, and kept', async ({ page, withoutJavaScript }) => {
  for (const each of [page, await withoutJavaScript.newPage()]) {
    await signIn(each, 'support');
    await each.goto('/incidents?status=open');
    const html = each.locator('html');
    await each.getByRole('button', { name: /Passer en français/ }).click();
    await expect(html).toHaveAttribute('lang', 'fr');
    await expect(each).toHaveURL('/incidents?status=open');
    await expect(each.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();
    await expect(each.getByRole('navigation', { name: 'Navigation principale' })).toContainText('Personnes');

    // As the system, then light, then dark.
    await each.getByRole('button', { name: /Passer à : Clair/ }).click();
    await each.getByRole('button', { name: /Passer à : Sombre/ }).click();
    await expect(each.getByRole('button', { name: /^Couleurs : Sombre/ })).toBeVisible();
    await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await expect(each).toHaveURL('/incidents?status=open');
    await expect(each.locator('body')).toHaveCSS('color-scheme', 'dark');

    await expect(async () => {
      await each.goto('/users');
      await expect(each.getByRole('button', { name: /^Couleurs : Sombre/ })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(html).toHaveAttribute('lang', 'fr');
    await each.getByRole('button', { name: /Switch to English/ }).click();
    await expect(html).toHaveAttribute('lang', 'en');
  }
});

test('the keyboard searches, goes to pages and explains itself', async ({ page }) => {
  await signIn(page, 'support');
  await untilScripted(page);
  const search = page.getByRole('searchbox', { name: 'Search people and incidents' });
  await pressUntil(page, '/', () => expect(search).toBeFocused({ timeout: 500 }));
  await page.keyboard.type('ferreira');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/users?query=ferreira');
  await expect(page.getByRole('link', { name: 'Inès Ferreira-Nakamura' })).toBeVisible();

  await page.locator('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL('/incidents');
  await expect(page.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('single keys can be turned off, Ctrl + K stays', async ({ page }) => {
  await signIn(page, 'support');
  await untilScripted(page);
  const singleKeys = page.getByRole('checkbox', { name: 'Single-key shortcuts' });
  await pressUntil(page, '?', () => expect(singleKeys).toBeVisible({ timeout: 500 }));
  await singleKeys.uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await untilScripted(page);
  const search = page.getByRole('searchbox', { name: 'Search people and incidents' });
  await pressUntil(page, 'Control+k', () => expect(search).toBeFocused({ timeout: 500 }));
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await expect(search).not.toBeFocused();
});

test('a customer is refused on the pages of agents, with the request id to quote', async ({ page, consoleErrors }) => {
  await signIn(page, 'user');
  await expect(page).toHaveURL('/account');
  for (const path of ['/incidents', '/audit', '/users', '/privacy', '/ops']) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(403);
    const requestId = response?.headers()['x-request-id'] ?? 'none';
    await expect(page.getByRole('heading', { level: 1, name: 'This page is not open to you' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(requestId);
  }
  expectStatus(consoleErrors, 403);
});

test('a customer who opens the desk is sent to their page, and the audit tells of no refusal', async ({
  page,
  request,
}) => {
  await signIn(page, 'user');
  const signedIn = await request.post('/v1/auth/login', {
    data: { email: demoEmail('ops'), password: DEMO_PASSWORD },
  });
  const { data: session } = (await signedIn.json()) as { data: { access_token: string } };
  const answer = await page.goto('/');
  const requestId = (await answer?.request().redirectedFrom()?.response())?.headers()['x-request-id'] ?? '';
  await expect(page).toHaveURL('/account');
  const events = await request.get(`/v1/audit/events?request_id=${requestId}`, {
    headers: { authorization: `Bearer ${session.access_token}` },
  });
  expect(await events.json()).toMatchObject({ data: [] });
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`signing in, refusals and unknown addresses are accessible in ${locale}, ${scheme}`, async ({
    page,
    context,
    baseURL,
    consoleErrors,
  }) => {
    await choose(context, baseURL, look);
    await page.goto('/login');
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expectAccessible(page);

    const missing = await page.goto('/no/such/page');
    expect(missing?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      locale === 'fr' ? 'Il n’y a rien ici' : 'Nothing here',
    );
    await expect(page.getByRole('main')).toContainText(missing?.headers()['x-request-id'] ?? 'none');
    await expectAccessible(page);
    expectStatus(consoleErrors, 404);

    await signIn(page, 'user');
    await page.goto('/audit');
    await expectAccessible(page);
    expectStatus(consoleErrors, 403);
    await page.goto('/no/such/page');
    await expectAccessible(page);
    expectStatus(consoleErrors, 404);
  });
}

for (const locale of ['en', 'fr'] as const) {
  test(`an agent's account fits a narrow screen in ${locale}`, async ({ page, context, baseURL }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await choose(context, baseURL, { locale, scheme: 'light' });
    await signIn(page, 'support');
    await page.goto('/account');
    await expect(page.getByRole('link', { name: locale === 'fr' ? /bureau/ : /desk/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
