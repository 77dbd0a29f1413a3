import type { Page } from '@playwright/test';
import { choose, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

/** One person's requests: what one journey asks for, another would find already open. */
test.describe.configure({ mode: 'serial' });

async function ask(page: Page, kind: string, details: string): Promise<void> {
  await page.getByRole('radio', { name: kind }).check();
  await page.getByRole('textbox', { name: 'Anything we should know' }).fill(details);
  await page.getByRole('button', { name: 'Send my request' }).click();
}

/** The person's request of a kind that is under way; ended ones have no deadline any more. */
function underWay(page: Page, kind: string) {
  return page.getByRole('article', { name: kind }).filter({ hasText: 'You will have our answer by' });
}

async function cancel(page: Page, kind: string): Promise<void> {
  await underWay(page, kind).getByText('Cancel this request').click();
  await underWay(page, kind).getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(page.getByText('Your request is canceled.').first()).toBeVisible();
  await expect(underWay(page, kind)).toHaveCount(0);
}

test('a customer comes to a page of their own', async ({ page }) => {
  await signIn(page, 'user');
  await expect(page).toHaveURL('/account');
  const data = page.getByRole('region', { name: 'My data', exact: true });
  await expect(data).toContainText('Inès Ferreira-Nakamura');
  await expect(data).toContainText('user@demo.example');
  await expect(page.getByRole('region', { name: 'My subscription' })).toContainText('€29.00 per month');
  await expect(page.getByRole('link', { name: 'Back to the desk' })).toHaveCount(0);
});

test('somebody asks for a correction, sees the deadline and the history, and takes it back', async ({ page }) => {
  await signIn(page, 'support');
  await page.goto('/account');
  await ask(page, 'Correct my data', 'My name has <two> n.');
  await expect(page.getByText('We have received your request. You can follow it here.').first()).toBeVisible();
  const request = underWay(page, 'Correction of the data');
  await expect(request).toContainText('My name has <two> n.');
  await expect(request).toContainText(/In (2[89]|3\d) days \(\d+ \w+\)/);
  await expect(request).toContainText(/You will have our answer by the end of .+ \(Europe\/Paris\) at the latest\./);
  await request.getByText('History').click();
  await expect(request.getByRole('listitem')).toHaveText(/Privacy request received\s*by you$/);
  await expect(page.getByRole('radio', { name: 'Correct my data' })).toBeDisabled();
  await cancel(page, 'Correction of the data');
  await expect(page.getByRole('radio', { name: 'Correct my data' })).toBeEnabled();
});

test('the same without JavaScript', async ({ withoutJavaScript }) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'support');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Send my request' }).click();
  await expect(page.getByText('Choose what you would like.')).toBeVisible();
  await ask(page, 'A copy of my data', '');
  await expect(underWay(page, 'A copy of the data')).toContainText('We have received your request');
  await cancel(page, 'A copy of the data');
});

test('who asks twice is told kindly', async ({ page, context, consoleErrors }) => {
  await signIn(page, 'ops');
  await page.goto('/account');
  const other = await context.newPage();
  await other.goto('/account');
  await ask(other, 'Correct my data', 'From another window.');
  await expect(underWay(other, 'Correction of the data')).toHaveCount(1);

  await ask(page, 'Correct my data', 'Typed with care.');
  await expect(page.getByRole('alert')).toContainText('You have already asked for this, and we are on it.');
  await expect(page.getByRole('textbox', { name: 'Anything we should know' })).toHaveValue('Typed with care.');
  for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 409');

  await cancel(other, 'Correction of the data');
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`the page is accessible in ${locale}, ${scheme}`, async ({ page, context, baseURL, consoleErrors }) => {
    await signIn(page, 'user');
    await choose(context, baseURL, look);
    await page.goto('/account');
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await page.locator('summary').first().click();
    await expectAccessible(page);
    await page.getByRole('button', { name: locale === 'fr' ? 'Envoyer ma demande' : 'Send my request' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 400');
    await expectAccessible(page);
  });
}
