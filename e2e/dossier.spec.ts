import type { Page } from '@playwright/test';
import { deskApi } from './desk-api.ts';
import { choose, DEMO_PASSWORD, demoEmail, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

/** Journeys over several pages; axe takes its time on a busy machine. */
/** Searches on the people page and opens the one person found; returns the dossier's path. */
async function openDossier(page: Page, query: string, name: string): Promise<string> {
  await page.goto('/users');
  await page.getByRole('searchbox', { name: 'Name or e-mail', exact: true }).fill(query);
  await page.getByRole('button', { name: 'Search' }).last().click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
}

async function fillIncident(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('radio', { name: 'Content' }).check();
  await page.getByRole('radio', { name: 'High' }).check();
  await page.getByRole('textbox', { name: 'Description' }).fill('It worked yesterday.');
}

async function expectOpened(page: Page, title: string): Promise<void> {
  await expect(page).toHaveURL(/\?created=\d+$/);
  await expect(page.getByText(/^Incident \d+ is open:$/)).toBeVisible();
  const open = page.getByRole('region', { name: 'Open incidents' });
  await expect(open.getByRole('listitem').filter({ hasText: title })).toContainText('High');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('listitem').filter({ hasText: title })).toContainText('Incident opened');
}

/** How often the dossier at `path` was read, as the audit tells ops. */
async function readings({ request }: Page, path: string): Promise<number> {
  const signedIn = await request.post('/v1/auth/login', { data: { email: demoEmail('ops'), password: DEMO_PASSWORD } });
  const { data: session } = (await signedIn.json()) as { data: { access_token: string } };
  const events = await request.get(
    `/v1/audit/events?action=support_dossier_read&target_id=${path.split('/').at(-1)}&limit=1`,
    { headers: { authorization: `Bearer ${session.access_token}` } },
  );
  const { meta } = (await events.json()) as { meta: { total: number } };
  return meta.total;
}

function expectStatus(consoleErrors: string[], status: number): void {
  for (const error of consoleErrors.splice(0)) expect(error).toContain(`status of ${status}`);
}

test('an agent finds a customer by part of a name without its accents', async ({ page }) => {
  await signIn(page, 'support');
  await openDossier(page, 'nguyen thi anh', 'Dương Nguyễn Thị Ánh Tuyết');
  await page.goBack();
  await expect(page.getByRole('searchbox', { name: 'Name or e-mail', exact: true })).toHaveValue('nguyen thi anh');
  await expect(page.getByText('1 person')).toBeVisible();
});

test('nobody found says what to try, and whoever types nothing sees the newest', async ({ page }) => {
  await signIn(page, 'support');
  await page.goto('/users?query=zzzzzzzz');
  await expect(page.getByText('Nobody found')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'The newest customers' }).click();
  await expect(page.getByText(/people · newest first/)).toBeVisible();
  const first = await page.getByRole('row').nth(1).getByRole('link').innerText();
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page.getByRole('link', { name: 'Newer' })).toBeVisible();
  await page.getByRole('link', { name: 'Newer' }).click();
  await expect(page.getByRole('row').nth(1).getByRole('link')).toHaveText(first);
});

test('an agent opens an incident in place, by the keyboard', async ({ page, consoleErrors }) => {
  await signIn(page, 'support');
  await openDossier(page, 'thordis aegis', 'Þórdís Ægisdóttir');

  await page.keyboard.press('n');
  await page.keyboard.type('Cannot <b>upload</b>');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeHidden();
  await page.keyboard.press('n');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Check the fields that are marked');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Cannot <b>upload</b>');
  await expect(page.getByRole('textbox', { name: 'Description' })).toBeFocused();
  expectStatus(consoleErrors, 400);

  await fillIncident(page, 'Cannot <b>upload</b>');
  await page.getByRole('checkbox', { name: 'Assign to me' }).check();
  await page.getByRole('button', { name: 'Open the incident' }).dblclick();
  await expectOpened(page, 'Cannot <b>upload</b>');
  await expect(page.getByRole('link', { name: 'Cannot <b>upload</b>', exact: true })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeHidden();
  const open = page.getByRole('region', { name: 'Open incidents' });
  await expect(open.getByRole('listitem').filter({ hasText: 'Cannot <b>upload</b>' })).toHaveCount(1);
  await expect(open.getByRole('listitem').filter({ hasText: 'Cannot <b>upload</b>' })).toContainText('Maya Okonkwo');
});

test('an agent opens an incident in place without JavaScript', async ({ withoutJavaScript }) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'support');
  await openDossier(page, 'otara mahina', 'Ōtara Māhina Te Whāwhai');
  await page.locator('summary', { hasText: 'New incident' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Kept while it is wrong');
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await expect(page.getByRole('alert')).toContainText('Check the fields that are marked');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Kept while it is wrong');
  await fillIncident(page, 'Script off');
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await expectOpened(page, 'Script off');
});

test('support reads the older entries of a dossier too, page by page', async ({ page, request }) => {
  await signIn(page, 'support');
  const path = await openDossier(page, 'ferreira-nakamura', 'Inès Ferreira-Nakamura');
  const api = await deskApi(request, 'support');
  for (let reading = 0; reading < 55; reading++) await api.get(`/support${path}/context`);
  await page.goto(path);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Audit events' })
    .getByRole('link', { name: 'Show older' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Audit of this dossier' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page.getByRole('link', { name: 'Newer' })).toBeVisible();
  await page.locator('main summary').first().click();
  await expect(page.getByRole('link', { name: 'Events of this actor' })).toHaveCount(0);
});

test('opening a dossier is recorded once, whatever is done in it', async ({ page }) => {
  await signIn(page, 'support');
  const path = await openDossier(page, 'gunesoglu', 'İpek Işıl Güneşoğlu');
  const before = await readings(page, path);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  for (const view of ['Audit', 'Incidents', 'Privacy', 'All']) {
    await timeline.getByRole('link', { name: view, exact: true }).click();
    await expect(timeline.getByRole('link', { name: view, exact: true })).toHaveAttribute('aria-current', 'true');
  }
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Colours/ }).click();
  await expect(page.getByRole('button', { name: 'Colours: Light', exact: false })).toBeVisible();
  expect(await readings(page, path)).toBe(before);

  await page.getByRole('link', { name: 'Queue' }).click();
  await expect(page).toHaveURL('/');
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: 'İpek Işıl Güneşoğlu' })).toBeVisible();
  expect(await readings(page, path)).toBe(before + 1);
});

test('a dossier tells what a customer pays and how long the legal clock runs', async ({ page }) => {
  await signIn(page, 'support');
  const path = await openDossier(page, 'ferreira-nakamura', 'Inès Ferreira-Nakamura');
  await expect(page.getByText('€29.00 per month').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Privacy requests' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Account' })).toContainText('user@demo.example');

  await page.goto(`${path}?show=audit`);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('button', { name: /^Copy/ }).first()).toBeVisible();
});

test('a dossier is closed to customers and says so of people who do not exist', async ({ page, consoleErrors }) => {
  const nobody = '/users/01890000-0000-7000-8000-000000000000';
  await signIn(page, 'user');
  await page.goto(nobody);
  await expect(page.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible();
  await page.goto('/users');
  await expect(page.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible();
  expectStatus(consoleErrors, 403);

  await page.context().clearCookies();
  await signIn(page, 'support');
  await page.goto(nobody);
  await expect(page.getByText('There is no such person.')).toBeVisible();
  expectStatus(consoleErrors, 404);
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`people and dossier are accessible in ${locale}, ${scheme}`, async ({
    page,
    context,
    baseURL,
    consoleErrors,
  }) => {
    await signIn(page, 'support');
    await choose(context, baseURL, look);
    await page.goto('/users?query=ferreira');
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Inès Ferreira-Nakamura' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Inès Ferreira-Nakamura' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('n');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    expectStatus(consoleErrors, 400);
    await expectAccessible(page);
  });
}
