import type { Browser, Page } from '@playwright/test';
import { freshAgent, freshCustomer } from './demo-database.ts';
import { choose, DEMO_PASSWORD, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

/** Several browsers, one after the other. */
const NEW_PASSWORD = 'trombone grenier velours 73';

/** Signs the same person in from another browser; a page of it. */
async function elsewhere(browser: Browser, baseURL: string | undefined, who: { email: string }): Promise<Page> {
  const page = await (await browser.newContext({ baseURL, locale: 'en-GB' })).newPage();
  await signIn(page, who);
  return page;
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Current password' }).fill(current);
  await page.getByRole('textbox', { name: 'New password' }).fill(next);
  await page.getByRole('button', { name: 'Change the password' }).click();
}

const rows = (page: Page) => page.getByRole('region', { name: 'Where I am signed in' }).getByRole('listitem');

test('a customer changes the password, and is signed out everywhere else', async ({
  page,
  browser,
  baseURL,
  consoleErrors,
}) => {
  const customer = await freshCustomer();
  await signIn(page, customer);
  const other = await elsewhere(browser, baseURL, customer);
  await page.getByRole('link', { name: 'Password and sign-ins' }).click();
  await expect(page).toHaveURL('/account/security');
  await expect(rows(page)).toHaveCount(2);

  const current = page.getByRole('textbox', { name: 'Current password' });
  const next = page.getByRole('textbox', { name: 'New password' });
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(current).toHaveAccessibleDescription('Fill this in.');
  await expect(next).toHaveAccessibleDescription(/Fill this in\./);
  await expect(current).toBeFocused();
  await changePassword(page, 'not my password', NEW_PASSWORD);
  await expect(current).toHaveAccessibleDescription('This is not your password. Try again.');
  await expect(current).toBeFocused();
  await changePassword(page, DEMO_PASSWORD, 'short');
  await expect(next).toHaveAccessibleDescription(/At least 12 characters\./);
  await expect(next).toBeFocused();
  await changePassword(page, DEMO_PASSWORD, 'password1234');
  await expect(next).toHaveAccessibleDescription(/Easy to guess\./);
  await expect(next).toBeFocused();
  for (const error of consoleErrors.splice(0)) expect(error).toMatch(/status of 40[01]/);
  await expect(rows(page)).toHaveCount(2);

  await changePassword(page, DEMO_PASSWORD, NEW_PASSWORD);
  const notice = page.getByRole('main').getByText('Your password is changed. You are signed out everywhere else.');
  await expect(notice).toBeFocused();
  await expect(current).toHaveValue('');
  await expect(next).toHaveValue('');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('This browser');

  await other.goto('/account');
  await expect(other).toHaveURL(/\/login/);
  await other.locator('input[name="email"]').fill(customer.email);
  await other.locator('input[name="password"]').fill(NEW_PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other).toHaveURL('/account');
  await other.context().close();
});

test('an agent ends one other sign-in, then all', async ({ page, browser, baseURL }) => {
  const agent = await freshAgent('support');
  const [first, second, third] = [
    await elsewhere(browser, baseURL, agent),
    await elsewhere(browser, baseURL, agent),
    await elsewhere(browser, baseURL, agent),
  ];
  await signIn(page, agent);
  await page.locator('summary').filter({ hasText: 'My menu' }).click();
  await page.getByRole('link', { name: 'Password and sign-ins' }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).first()).toContainText('This browser');
  await expect(rows(page).first().getByRole('button')).toHaveCount(0);

  // The one used last comes first of the others.
  await rows(page)
    .nth(1)
    .getByRole('button', { name: /^Sign out\s+Another browser, / })
    .click();
  await expect(page.getByRole('main').getByText('That sign-in has ended.')).toBeFocused();
  await expect(rows(page)).toHaveCount(3);
  await third.goto('/');
  await expect(third).toHaveURL(/\/login/);
  await second.goto('/');
  await expect(second).toHaveURL('/');

  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByRole('main').getByText('You are signed out everywhere else.')).toBeFocused();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('You are signed in nowhere else.')).toBeVisible();
  for (const other of [first, second]) {
    await other.goto('/');
    await expect(other).toHaveURL(/\/login/);
  }
  for (const other of [first, second, third]) await other.context().close();
});

test('both without JavaScript', async ({ withoutJavaScript, browser, baseURL }) => {
  const agent = await freshAgent('ops');
  const other = await elsewhere(browser, baseURL, agent);
  const page = await withoutJavaScript.newPage();
  await signIn(page, agent);
  await page.goto('/account/security');
  await changePassword(page, DEMO_PASSWORD, 'short');
  await expect(page.getByText('At least 12 characters.')).toBeVisible();
  await rows(page).getByRole('button').click();
  await expect(page.getByText('That sign-in has ended.')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await other.goto('/');
  await expect(other).toHaveURL(/\/login/);
  await changePassword(page, DEMO_PASSWORD, NEW_PASSWORD);
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  await other.context().close();
});

test('a sign-in that ended meanwhile is said to have ended', async ({ page, browser, baseURL, consoleErrors }) => {
  const customer = await freshCustomer();
  const other = await elsewhere(browser, baseURL, customer);
  await signIn(page, customer);
  await page.goto('/account/security');
  await expect(rows(page)).toHaveCount(2);
  await other.goto('/logout');
  await other.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(other).toHaveURL(/\/login/);
  await rows(page).getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('This sign-in has ended already.');
  await expect(rows(page)).toHaveCount(1);
  for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 404');
  await other.context().close();
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`the page is accessible in ${locale}, ${scheme}`, async ({ page, context, browser, baseURL, consoleErrors }) => {
    const customer = await freshCustomer();
    const other = await elsewhere(browser, baseURL, customer);
    await signIn(page, customer);
    await choose(context, baseURL, look);
    await page.goto('/account/security');
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expectAccessible(page);
    await page.locator('button[name="intent"][value="password"]').click();
    await expect(page.locator('input[aria-invalid="true"]')).toHaveCount(2);
    for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 400');
    await expectAccessible(page);
    await other.context().close();
  });
}
