import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { unzip } from '../server/testing/unzip.ts';
import { type Customer, freshCustomer, passwordGivenLongAgo, whileWorkWaits } from './demo-database.ts';
import { deskApi } from './desk-api.ts';
import { DEMO_PASSWORD, expect, expectAccessible, signIn, test } from './fixtures.ts';

type Row = Record<string, unknown> & { id: string };
type Dossier = Record<'user' | 'subscription', Row> &
  Record<'privacy_requests' | 'incidents' | 'audit_events', Row[]> & { counts: Record<string, number> };

const TITLES = ['Quokka & <b>sons</b>: cannot sign in', 'Le numbat « perdu » à l’été'];
const DESCRIPTION = '<script>document.title = "taken"</script>\nThe bilby\'s "new" phone refuses it.';

async function open<T = Row>(answer: ReturnType<APIRequestContext['get']>): Promise<T> {
  const response = await answer;
  expect(response.ok(), await response.text()).toBe(true);
  return ((await response.json()) as { data: T }).data;
}

/** The page of somebody else, in a browser of their own. */
async function pageOf(browser: Browser, who: 'support' | 'ops' | Customer): Promise<Page> {
  const page = await browser.newPage({ locale: 'en-GB' });
  await signIn(page, who);
  return page;
}

/** A customer with two incidents, the first of them closed. */
async function customerWithIncidents(request: APIRequestContext): Promise<Customer & { openIncident: string }> {
  const customer = await freshCustomer();
  const support = await deskApi(request, 'support');
  const me = await open<{ user: Row }>(support.get('/me'));
  const ids: string[] = [];
  for (const title of TITLES) {
    const body = { user_id: customer.id, category: 'account', title, description: DESCRIPTION };
    ids.push((await open(support.post('/support/incidents', { ...body, assignee_id: me.user.id }))).id);
  }
  const [closed, openIncident = ''] = ids;
  await open(support.patch(`/support/incidents/${closed}`, { status: 'closed' }));
  return { ...customer, openIncident };
}

const openDossier = async (request: APIRequestContext, id: string): Promise<Dossier> =>
  open<Dossier>((await deskApi(request, 'support')).get(`/support/users/${id}/context`));

/** Fills in and sends the form on the customer's page. */
async function ask(page: Page, kind: string, send: 'click' | 'dblclick' = 'click'): Promise<void> {
  await page.goto('/account');
  await page.getByRole('radio', { name: kind }).check();
  await page.getByRole('textbox', { name: 'Anything we should know' }).fill('All of it, <em>please</em>.');
  await page.getByRole('button', { name: 'Send my request' })[send]();
}

async function verifyIdentity(page: Page, id: string): Promise<void> {
  await page.goto(`/privacy/${id}`);
  await page.getByLabel('Means').selectOption('known_channel');
  await page.getByLabel('Note (optional)').fill('Called back on the number we know.');
  await page.getByRole('button', { name: 'Record identity check' }).click();
  await expect(page.getByText('The identity check is recorded.').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('Known channel');
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
}

/** A row without `leftOut`, its times as numbers: the API and the archive write the same instant differently. */
function facts(row: Row | undefined, leftOut: readonly string[] = []): Record<string, unknown> {
  const entries = Object.entries(row ?? {}).filter(([name]) => !leftOut.includes(name));
  const instant = (name: string, value: unknown) =>
    typeof value === 'string' && /_(at|end)$/.test(name) ? Date.parse(value) : value;
  return Object.fromEntries(entries.map(([name, value]) => [name, instant(name, value)]));
}

// What a row of a dossier has that its file has not: who else is on it, what the clock says, what approval changed.
const LEFT_OUT = {
  incidents: ['user_id', 'user_name', 'assignee_id', 'assignee_name', 'created_by', 'version'],
  privacy_requests:
    'user_id,requested_by,identity_check,version,time_zone,days_left,overdue,status,decided_at,updated_at'.split(','),
  audit_events: ['actor_id', 'actor_name'],
};

test('a customer asks for a copy, the desk makes it, and every fact of the dossier is in it', async ({
  page,
  browser,
  request,
  consoleErrors,
}, testInfo) => {
  const customer = await customerWithIncidents(request);
  const support = await pageOf(browser, 'support');
  const ops = await pageOf(browser, 'ops');
  const own = await deskApi(request, customer);
  const opsApi = await deskApi(request, 'ops');
  const earlier = await open(own.post('/privacy/requests', { kind: 'rectification', details: 'My n is an ñ.' }));
  await open(opsApi.post(`/support/privacy-requests/${earlier.id}/deny`, { reason: 'It was <u>right</u>.' }));

  await signIn(page, customer);
  await ask(page, 'A copy of my data');
  const card = page.getByRole('article', { name: 'A copy of the data' });
  await expect(card).toContainText('Received');
  await expect(card).toContainText(/In \d+ days \(/);
  await expect(card).toContainText('You will have our answer by');
  const dossier = await openDossier(request, customer.id);
  const id = dossier.privacy_requests[0]?.id ?? '';
  await verifyIdentity(support, id);

  await whileWorkWaits(customer, async () => {
    await ops.goto(`/privacy/${id}`);
    await ops.getByRole('button', { name: 'Approve' }).click();
    await expect(ops.getByText('Guichet is carrying it out.')).toBeVisible();
    // Coming back to the page is enough.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(card).toContainText('We are carrying out your request right now.');
    await expect(card.getByRole('link', { name: 'Download my data' })).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Anything we should know' }).fill('Half a thought');
  });
  // Nobody reloads the page of operations, nor the customer's.
  const certificate = ops.getByRole('region', { name: 'Certificate' });
  await expect(certificate).toBeVisible();
  await expect(ops.getByText('The customer can download it until')).toBeVisible();
  // However often the two pages have read themselves again, after acts and while the desk worked.
  const events = (await deskApi(request, 'ops')).get(`/audit/events?action=privacy_request_read&target_id=${id}`);
  const readings = await open<{ actor_role: string }[]>(events);
  expect(readings.map(({ actor_role: role }) => role)).toEqual(['ops', 'support']);

  await expect(card).toContainText('Done. Your request has been carried out.');
  await expect(page.getByRole('textbox', { name: 'Anything we should know' })).toHaveValue('Half a thought');
  const link = card.getByRole('link', { name: 'Download my data' });
  await passwordGivenLongAgo(customer.email);
  // The page does not know yet: the link leads to where the password is asked for.
  await link.click();
  const password = card.getByLabel('Your password');
  await expect(password).toBeVisible();
  await expectAccessible(page);
  await password.fill('not it');
  await password.press('Enter');
  await expect(card.getByText('This is not your password.')).toBeVisible();
  await expect(password).toBeFocused();
  consoleErrors.length = 0;
  await password.fill(DEMO_PASSWORD);
  await password.press('Enter');
  await expect(page.getByText('You can download your data now').first()).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe(`personal-data-${id}.zip`);
  const bytes = readFileSync(await download.path());
  await expect(certificate).toContainText(createHash('sha256').update(bytes).digest('hex'));

  const files = await unzip(bytes);
  const rows = (name: string): Row[] => JSON.parse(files.get(`${name}.json`) ?? '[]');
  expect(facts(rows('account')[0])).toMatchObject(facts(dossier.user));
  expect(facts(rows('subscription')[0])).toMatchObject({ ...facts(dossier.subscription), price_cents: 1_745 });
  for (const list of ['incidents', 'privacy_requests', 'audit_events'] as const) {
    const kept = new Map(rows(list.replace('_', '-')).map((row) => [row.id, row]));
    expect(dossier[list].length).toBeGreaterThan(1);
    for (const row of dossier[list]) {
      const { assignee_id: _, ...details } = (row.details ?? {}) as Record<string, unknown>;
      const shown = list === 'audit_events' ? { ...row, details } : row;
      expect(facts(kept.get(row.id))).toMatchObject(facts(shown, LEFT_OUT[list]));
    }
  }
  // The check came after the dossier was read; the copy has it column by column, with its note.
  expect(rows('privacy-requests').find((row) => row.id === id)).toMatchObject({
    identity_means: 'known_channel',
    identity_note: 'Called back on the number we know.',
    identity_checked_by_id: 'agent',
  });
  const everything = [...files.values()].join('\n');
  for (const who of ['support', 'ops'] as const) {
    const { user } = await open<{ user: Row }>((await deskApi(request, who)).get('/me'));
    for (const fact of [user.id, user.name, user.email]) expect(everything).not.toContain(fact);
  }

  // The page of the archive, opened as a file: all of it is text, in the customer's language.
  const index = testInfo.outputPath('index.html');
  writeFileSync(index, files.get('index.html') ?? '');
  await page.goto(pathToFileURL(index).href);
  await expect(page).toHaveTitle('Vos données personnelles');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.locator('script, b, i, u, em')).toHaveCount(0);
  const words = [
    customer.name,
    customer.email,
    'Équipe',
    '17,45 €',
    ...TITLES,
    'My n is an ñ.',
    'It was <u>right</u>.',
  ];
  for (const text of words) await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(DESCRIPTION)).toHaveCount(TITLES.length);
  await expect(page.getByText('All of it, <em>please</em>.', { exact: true })).toBeVisible();

  const stranger = await pageOf(browser, await freshCustomer());
  for (const { request: theirs } of [stranger, support, ops]) {
    const answer = await theirs.get(new URL(`/account/requests/${id}/archive`, stranger.url()).href);
    expect([answer.status(), (await answer.body()).includes('PK\u0003\u0004')]).toEqual([404, false]);
  }
  for (const who of [stranger, support, ops]) await who.close();
});

test('a customer asks for erasure, and the certificate, the sign-in and the search show that it was done', async ({
  page,
  browser,
  request,
  consoleErrors,
}) => {
  const customer = await customerWithIncidents(request);
  const support = await pageOf(browser, 'support');
  const ops = await pageOf(browser, 'ops');
  await signIn(page, customer);
  await ask(page, 'Erase my data');
  await expect(page.getByRole('article', { name: 'Erasure of the data' })).toContainText(/In \d+ days \(/);
  const before = await openDossier(request, customer.id);
  const id = before.privacy_requests[0]?.id ?? '';
  await verifyIdentity(support, id);

  await ops.goto(`/privacy/${id}`);
  const approve = async () => {
    if (await ops.getByLabel('I understand that this cannot be undone.').isHidden())
      await ops.locator('summary', { hasText: 'Approve…' }).click();
    await ops.getByLabel('I understand that this cannot be undone.').check();
    await ops.getByRole('button', { name: 'Approve' }).click();
  };
  await approve();
  await expect(ops.getByText('Incidents of this customer are still open: close them first.')).toBeVisible();
  await expect(ops.getByRole('link', { name: 'See their incidents' })).toBeVisible();
  const api = await deskApi(request, 'support');
  await open(api.patch(`/support/incidents/${customer.openIncident}`, { status: 'closed' }));
  await approve();

  await expect(ops.getByText('none remain.')).toBeVisible();
  const certificate = ops.getByRole('region', { name: 'Certificate' });
  for (const table of await certificate.locator('summary').all()) {
    await expect(table).toContainText(', 0 remain');
    await table.click();
  }
  const left = await certificate.locator('tbody tr td:last-child').allTextContents();
  expect(left.length).toBeGreaterThan(40);
  expect(left.filter((count) => count !== '0' && count !== '—')).toEqual([]);
  for (const row of [/^email Emptied 1 0$/, /^description Replaced 2 0$/, /^token_hash Deleted 1 0$/])
    await expect(certificate.getByRole('row', { name: row }).first()).toBeVisible();

  await page.reload();
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel('E-mail').fill(customer.email);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('This e-mail and password do not go together.');
  for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 401');

  for (const query of [customer.email, customer.name, customer.name.slice(-8)]) {
    await support.goto(`/users?query=${encodeURIComponent(query)}`);
    await expect(support.getByText('Nobody found')).toBeVisible();
  }
  await support.goto(`/users/${customer.id}`);
  await expect(support.getByRole('heading', { level: 1, name: 'Erased person' })).toBeVisible();
  await expect(support.getByText('2 in all')).toBeVisible();
  const html = await support.content();
  for (const trace of [customer.email, 'Quokka', 'numbat', 'bilby', 'please']) expect(html).not.toContain(trace);
  const { counts } = await openDossier(request, customer.id);
  expect(counts).toMatchObject({ incidents: 2, open_incidents: 0, privacy_requests: 1 });
  for (const who of [support, ops]) await who.context().close();
});

for (const script of ['with', 'without']) {
  test(`a double click on asking makes one request, ${script} JavaScript`, async ({
    page: scripted,
    withoutJavaScript,
    request,
  }) => {
    const page = script === 'with' ? scripted : await withoutJavaScript.newPage();
    const customer = await freshCustomer();
    await signIn(page, customer);
    await ask(page, 'A copy of my data', 'dblclick');
    await expect(page.getByText('We have received your request. You can follow it here.').first()).toBeVisible();
    await expect(page.getByRole('article', { name: 'A copy of the data' })).toHaveCount(1);
    expect((await openDossier(request, customer.id)).privacy_requests).toHaveLength(1);
  });
}
