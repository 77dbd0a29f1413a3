import type { BrowserContext, Locator, Page } from '@playwright/test';
import { DEMO_PASSWORD, demoEmail, expect, expectAccessible, signIn, test } from './fixtures.ts';

/** Most journeys here take two people through a dozen pages. */
/** Opens an incident about the demo's own customer; leaves the page of the new incident. */
async function openIncident(page: Page, title: string): Promise<void> {
  await page.goto(`/incidents/new?user_id=${await customerId(page)}`);
  await page.getByRole('radio', { name: 'Subscription' }).check();
  await field(page, 'Title').fill(title);
  await field(page, 'Description').fill('First line.\nSecond line.');
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

function field(page: Page, name: 'Title' | 'Description'): Locator {
  return page.getByRole('textbox', { name });
}

let knownCustomer: string | undefined;

/** The id of the demo's own customer, as an internal tool would find it. */
async function customerId({ request }: Page): Promise<string> {
  if (knownCustomer) return knownCustomer;
  const signedIn = await request.post('/v1/auth/login', {
    data: { email: demoEmail('support'), password: DEMO_PASSWORD },
  });
  const { data: session } = (await signedIn.json()) as { data: { access_token: string } };
  const found = await request.get(`/v1/support/users?query=${demoEmail('user')}`, {
    headers: { authorization: `Bearer ${session.access_token}` },
  });
  const { data: people } = (await found.json()) as { data: { id: string }[] };
  const id = people[0]?.id;
  if (!id) throw new Error('the demo has no customer');
  knownCustomer = id;
  return id;
}

/** Signs in as `role` in a browser of its own. */
async function pageOf(context: BrowserContext, role: 'support' | 'ops'): Promise<Page> {
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}

/** Opens, takes, resolves and closes, then shows that only ops can reopen. */
async function wholeCourse(agent: Page, ops: Page, title: string): Promise<void> {
  await openIncident(agent, title);
  await expect(agent.getByText(/^Incident \d+ is open\.$/).first()).toBeVisible();

  await agent.getByRole('button', { name: 'Assign to me' }).click();
  await expect(agent.getByText(/^Incident \d+ is yours\.$/).first()).toBeVisible();
  await agent.getByRole('button', { name: 'Start work' }).click();
  await expect(agent.getByText(/^Incident \d+ is in progress\.$/).first()).toBeVisible();
  await agent.getByRole('button', { name: 'Mark as resolved' }).click();
  await expect(agent.getByText(/^Incident \d+ is resolved\.$/).first()).toBeVisible();
  await agent.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(agent.getByText(/^Incident \d+ is closed\.$/).first()).toBeVisible();
  await expect(agent.getByText('This incident is closed. Operations can reopen it.')).toBeVisible();
  await expect(agent.getByText('Incident closed', { exact: true })).toHaveCount(1);

  await ops.goto(new URL(agent.url()).pathname);
  await ops.getByRole('button', { name: 'Reopen' }).click();
  await expect(ops.getByText(/^Incident \d+ is reopened\.$/).first()).toBeVisible();
  await expect(ops.getByText('Incident reopened', { exact: true })).toHaveCount(1);
}

test('an agent opens, takes, resolves and closes an incident; ops reopens it', async ({ page, browser, baseURL }) => {
  const opsBrowser = await browser.newContext({ baseURL, locale: 'en-GB' });
  await signIn(page, 'support');
  await wholeCourse(page, await pageOf(opsBrowser, 'ops'), 'Charged twice this month');
  await opsBrowser.close();
});

test('the same without JavaScript', async ({ withoutJavaScript, browser, baseURL }) => {
  const opsBrowser = await browser.newContext({ javaScriptEnabled: false, baseURL, locale: 'en-GB' });
  const agent = await pageOf(withoutJavaScript, 'support');
  await wholeCourse(agent, await pageOf(opsBrowser, 'ops'), 'Charged twice, script off');
  await opsBrowser.close();
});

test('facts are changed where they stand, without JavaScript too', async ({ page, withoutJavaScript }) => {
  await signIn(page, 'support');
  await openIncident(page, 'Facts in place');
  await expect(page.getByRole('button', { name: 'Save the changes' })).toBeHidden();
  await page.getByLabel('Priority').selectOption('High');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();

  const plain = await pageOf(withoutJavaScript, 'support');
  await plain.goto(new URL(page.url()).pathname);
  await expect(plain.getByLabel('Priority')).toHaveValue('high');
  await plain.getByLabel('Category').selectOption('Content');
  await plain.getByRole('button', { name: 'Save the changes' }).click();
  await expect(plain.getByText('Saved.').first()).toBeVisible();
  await expect(plain.getByLabel('Category')).toHaveValue('content');
});

test('of two agents who close at once one wins and the other is told', async ({
  page,
  browser,
  baseURL,
  consoleErrors,
}) => {
  const otherBrowser = await browser.newContext({ baseURL, locale: 'en-GB' });
  await signIn(page, 'support');
  await openIncident(page, 'Closed by two');
  const other = await pageOf(otherBrowser, 'ops');
  await other.goto(new URL(page.url()).pathname);

  await Promise.all([page, other].map((each) => each.getByRole('button', { name: 'Close', exact: true }).click()));
  const won = /^Incident \d+ is closed\.$/;
  const told = 'Changed meanwhile';
  await expect(page.getByText(won).or(page.getByText(told)).first()).toBeVisible();
  await expect(other.getByText(won).or(other.getByText(told)).first()).toBeVisible();
  const [winner, loser] = (await page.getByText(told).isVisible()) ? [other, page] : [page, other];
  await expect(winner.getByText(told)).toHaveCount(0);
  await expect(loser.getByRole('alert')).toContainText('Open');
  await expect(loser.getByRole('alert')).toContainText('Closed');
  await expect(loser.getByText('Incident closed', { exact: true })).toHaveCount(2);
  await expect(loser.getByText('Refused: somebody else had changed it first.')).toHaveCount(1);
  await otherBrowser.close();
  expectConflicts(consoleErrors);
});

test('a stale edit keeps what was typed, shows what changed, and can be saved over', async ({
  page,
  browser,
  baseURL,
  consoleErrors,
}) => {
  const otherBrowser = await browser.newContext({ baseURL, locale: 'en-GB' });
  await signIn(page, 'support');
  await openIncident(page, 'Written by two');
  const address = new URL(page.url()).pathname;

  // The keyboard opens the form, and the words stand there to be typed over.
  await page.keyboard.press('e');
  await field(page, 'Title').fill('My title');

  const other = await pageOf(otherBrowser, 'ops');
  await other.goto(`${address}?edit=1`);
  await field(other, 'Title').fill('Their title');
  await field(other, 'Description').fill('Their text');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('Saved.').first()).toBeVisible();
  await otherBrowser.close();

  await page.getByRole('button', { name: 'Save' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Changed meanwhile');
  await expect(alert).toContainText('Written by two');
  await expect(alert).toContainText('Their title');
  await expect(field(page, 'Title')).toHaveValue('My title');
  // Left alone here, so theirs.
  await expect(field(page, 'Description')).toHaveValue('Their text');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'My title' })).toBeVisible();
  await expect(page.getByText('Their text')).toBeVisible();
  expectConflicts(consoleErrors);
});

test('a stale edit without JavaScript keeps what was typed, and can be let go', async ({ page, withoutJavaScript }) => {
  await signIn(page, 'support');
  await openIncident(page, 'Stale, script off');
  const address = new URL(page.url()).pathname;
  const plain = await pageOf(withoutJavaScript, 'ops');
  await plain.goto(`${address}?edit=1`);
  await field(plain, 'Title').fill('Typed with care');

  await page.getByRole('button', { name: 'Mark as resolved' }).click();
  await expect(page.getByText(/is resolved\.$/).first()).toBeVisible();

  await plain.getByRole('button', { name: 'Save' }).click();
  await expect(plain.getByRole('alert')).toContainText('Resolved');
  await expect(field(plain, 'Title')).toHaveValue('Typed with care');
  await plain.getByRole('link', { name: 'Discard mine' }).click();
  await expect(plain.getByRole('heading', { level: 1, name: 'Stale, script off' })).toBeVisible();
});

test('HTML in a title is text', async ({ page }) => {
  const title = '<img src=x onerror="document.title=\'pwned\'"><b>bold</b>';
  await signIn(page, 'support');
  await openIncident(page, title);
  await expect(page.locator('h1')).toHaveText(title);
  await expect(page.locator('main img, h1 b')).toHaveCount(0);
  const number = /#(\d+)/.exec(await page.locator('main header').innerText())?.[1] ?? '';
  await page.goto(`/incidents?query=${encodeURIComponent('<img src=x')}`);
  await expect(page.getByRole('row').filter({ hasText: number })).toContainText(title);
  await expect(page).toHaveTitle(/Incidents/);
});

test('a form with faults says them at its fields and keeps what was typed', async ({
  page,
  withoutJavaScript,
  consoleErrors,
}) => {
  await signIn(page, 'support');
  const address = `/incidents/new?user_id=${await customerId(page)}`;
  for (const each of [page, await pageOf(withoutJavaScript, 'support')]) {
    await each.goto(address);
    await field(each, 'Title').fill('x'.repeat(201));
    await field(each, 'Description').fill('Kept.');
    await each.getByRole('button', { name: 'Open the incident' }).click();
    await expect(each.getByRole('alert')).toBeVisible();
    await expect(field(each, 'Title')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(each, 'Title')).toHaveAccessibleDescription(/At most 200 characters/);
    await expect(each.getByRole('radiogroup', { name: 'Category' })).toHaveAccessibleDescription(/Choose/);
    await expect(field(each, 'Description')).toHaveValue('Kept.');
  }
  expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('400')]);
});

test('an unassigned incident is taken from the queue, or somebody was quicker', async ({
  page,
  browser,
  baseURL,
  consoleErrors,
}) => {
  const otherBrowser = await browser.newContext({ baseURL, locale: 'en-GB' });
  await signIn(page, 'support');
  await openIncident(page, 'Free to take');
  const number = /#(\d+)/.exec(await page.locator('main header').innerText())?.[1] ?? '';
  const other = await pageOf(otherBrowser, 'ops');
  await other.goto('/');
  await page.goto('/');
  const take = { name: `Take incident ${number}`, exact: true };
  await other.getByRole('button', take).click();
  await expect(other.getByText(`Incident ${number} is yours.`).first()).toBeVisible();
  await otherBrowser.close();

  await page.getByRole('button', take).click();
  await expect(page.getByRole('alert')).toContainText(`took incident ${number} a moment ago`);
  await expect(page.getByRole('button', take)).toHaveCount(0);
  expectConflicts(consoleErrors);
});

test('the list keeps its filters in the address, without JavaScript too', async ({ withoutJavaScript }) => {
  const page = await pageOf(withoutJavaScript, 'support');
  await page.goto('/incidents');
  const filters = page.getByRole('region', { name: 'Filters' });
  for (const name of ['Closed', 'Resolved', 'High']) await filters.getByRole('link', { name }).click();
  await expect(page).toHaveURL('/incidents?status=closed,resolved&priority=high');
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page).toHaveURL(/cursor=/);
  await page.getByRole('link', { name: 'Newer' }).click();
  await page.getByRole('searchbox', { name: 'Number or words of the title' }).fill('podcast');
  await page.locator('main').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/status=closed(%2C|,)resolved/);
  await expect(page).toHaveURL(/query=podcast/);
  await filters.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/incidents\??$/);
});

test('an incident that does not exist says so in the frame', async ({ page, consoleErrors }) => {
  await signIn(page, 'support');
  await page.goto('/incidents/01a20385-998e-7077-b8e8-000000000000');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(page.getByText('There is no such incident.', { exact: false })).toBeVisible();
  expect(consoleErrors.splice(0)).toEqual([expect.stringContaining('404')]);
});

for (const locale of ['en-GB', 'fr-FR']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`queue and incidents are accessible: ${locale}, ${colorScheme}`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ baseURL, locale, colorScheme });
      const page = await pageOf(context, 'support');
      await page.goto('/incidents?status=open');
      await expectAccessible(page);
      await page.locator('tbody a').first().click();
      await expect(page).toHaveURL(/\/incidents\/[0-9a-f-]{36}$/);
      await expectAccessible(page);
      await page.getByRole('link', { name: /^(Edit|Modifier)$/ }).click();
      await expect(page).toHaveURL(/edit=1/);
      await expectAccessible(page);
      for (const path of ['/', `/incidents/new?user_id=${await customerId(page)}`, '/incidents/new']) {
        await page.goto(path);
        await expectAccessible(page);
      }
      await context.close();
    });
  }
}

/** A refused form is a failed request to the browser: these, and nothing else, may stand on its console. */
function expectConflicts(errors: string[]): void {
  for (const error of errors.splice(0)) expect(error).toContain('409');
}
