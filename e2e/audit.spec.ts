import { deskApi } from './desk-api.ts';
import { choose, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

/** Opens an incident by REST and gives the request id under which that was done. */
async function anAct(request: Parameters<typeof deskApi>[0]): Promise<{ requestId: string; incidentId: string }> {
  const api = await deskApi(request, 'support');
  const people = (await (await api.get('/support/users?query=an&limit=1')).json()) as { data: { id: string }[] };
  const opened = await api.post('/support/incidents', {
    user_id: people.data[0]?.id,
    category: 'account',
    title: 'An act to look for in the audit',
    description: 'x',
  });
  expect(opened.status()).toBe(201);
  const { data, meta } = (await opened.json()) as { data: { id: string }; meta: { request_id: string } };
  return { requestId: meta.request_id, incidentId: data.id };
}

test('operations find the events of one request id', async ({ page, request }) => {
  const { requestId, incidentId } = await anAct(request);
  await signIn(page, 'ops');
  await page.goto('/audit');
  await page.getByLabel('Request id', { exact: true }).fill(` ${requestId} `);
  await page.getByRole('button', { name: 'Search the audit' }).click();
  await expect(page).toHaveURL(`/audit?request_id=${requestId}`);
  await expect(page.getByText('1 event', { exact: true })).toBeVisible();
  const row = page.getByRole('row', { name: /Incident opened/ });
  await expect(row).toContainText('support_incident_create');
  await expect(row).toContainText('Maya Okonkwo');
  await expect(row).toContainText('Done');

  await row.locator('summary').click();
  await expect(page.getByRole('definition').filter({ hasText: requestId })).toBeVisible();
  await page.getByRole('link', { name: 'Events on this target' }).click();
  await expect(page).toHaveURL(`/audit?target_id=${incidentId}`);
  await page
    .getByRole('row', { name: /Incident opened/ })
    .getByRole('link')
    .click();
  await expect(page).toHaveURL(`/incidents/${incidentId}`);
});

test('each search asks the server once', async ({ page }) => {
  await signIn(page, 'ops');
  const searches: string[] = [];
  page.on('request', (one) => {
    if (/\/audit(\.data)?(\?|$)/.test(one.url())) searches.push(one.url());
  });
  await page.goto('/audit?action=auth_login');
  await expect(page.getByRole('table')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(searches).toHaveLength(1);
  await page.getByRole('link', { name: 'Denied', exact: true }).click();
  await expect(page).toHaveURL('/audit?action=auth_login&status=denied');
  await page.waitForLoadState('networkidle');
  expect(searches).toHaveLength(2);
  // A change of colours or language is no search.
  await page.getByRole('button', { name: 'Passer en français' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
});

test('filters that mean nothing say so, and what was typed stays', async ({ page }) => {
  await signIn(page, 'ops');
  await page.goto('/audit?request_id=no&actor_id=me&from=yesterday&status=denied');
  await expect(page.getByLabel('Request id', { exact: true })).toHaveValue('no');
  await expect(page.getByLabel('Request id', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Actor id')).toHaveValue('me');
  await expect(page.getByLabel('From')).toHaveValue('yesterday');
  await expect(page.getByText('This is not a date and time.')).toBeVisible();
  await expect(page.getByText('Nothing was searched')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});

test('the audit is searched, unfolded and paged without JavaScript', async ({ withoutJavaScript }) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'ops');
  await page.goto('/audit');
  await page.locator('summary', { hasText: 'Action: any' }).click();
  await page.getByLabel('Incident closed').check();
  await page.getByLabel('Incident reopened').check();
  await page.getByRole('button', { name: 'Search the audit' }).click();
  await expect(page).toHaveURL('/audit?action=support_incident_close,support_incident_reopen');
  await expect(page.getByText('Action: 2 chosen')).toBeVisible();
  const rows = page.getByRole('row', { name: /support_incident_/ });
  await expect(rows.first()).toContainText('Incident');
  await rows.first().locator('summary').click();
  await expect(page.getByRole('link', { name: 'Events with this id' })).toBeVisible();
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(page.getByRole('link', { name: 'Newer' })).toBeVisible();
  await expect(page.getByText('Action: 2 chosen')).toBeVisible();
});

test('a support agent is refused, and that leaves an event', async ({ page, browser, consoleErrors }) => {
  await signIn(page, 'support');
  for (const path of ['/audit', '/audit?request_id=no', '/ops']) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(403);
    await expect(page.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible();
  }
  expect(consoleErrors.filter((text) => !text.includes('403'))).toEqual([]);
  consoleErrors.length = 0;

  const ops = await (await browser.newContext()).newPage();
  await signIn(ops, 'ops');
  await ops.goto('/audit?action=audit_search&status=denied');
  await expect(ops.getByRole('row', { name: /Maya Okonkwo/ }).first()).toContainText('Denied');
  await ops.context().close();
});

test('operations see how the desk is doing', async ({ page }) => {
  await signIn(page, 'ops');
  await page.goto('/ops');
  await expect(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
  await expect(page.getByRole('img', { name: /In the last 14 days \d+ incidents were opened/ })).toBeVisible();
  await page.getByText('As a table').click();
  await expect(page.getByRole('table', { name: 'Incidents opened and closed' }).getByRole('row')).toHaveCount(15);
  await page.getByRole('link', { name: 'Overdue privacy requests' }).click();
  await expect(page).toHaveURL('/privacy?overdue=true');
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`the audit and operations pages are accessible in ${locale}, ${scheme}`, async ({ page, context, baseURL }) => {
    await choose(context, baseURL, look);
    await signIn(page, 'ops');
    for (const path of ['/audit?action=auth_login,support_incident_update', '/audit?request_id=no', '/ops']) {
      await page.goto(path);
      for (const summary of (await page.locator('main summary').all()).slice(0, 4)) await summary.click();
      await expectAccessible(page);
    }
  });
}
