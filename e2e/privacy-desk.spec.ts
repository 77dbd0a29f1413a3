import type { BrowserContext, Page } from '@playwright/test';
import { freshAgent, madeBeforeCalendarDays, passwordGivenLongAgo } from './demo-database.ts';
import { freshPrivacyRequest } from './desk-api.ts';
import { choose, DEMO_PASSWORD, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

async function pageOf(context: BrowserContext, role: 'support' | 'ops'): Promise<Page> {
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}

/** The disclosure of an act that is folded away. */
const folded = (page: Page, act: string) => page.locator('summary', { hasText: `${act}…` });

test('requests are listed by deadline, the overdue first, and filtered in the address', async ({ page }) => {
  await signIn(page, 'support');
  await page.goto('/privacy');
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy requests' })).toBeVisible();
  const rows = page.getByRole('table').locator('tbody tr');
  await expect(rows.first()).toContainText('late');
  await expect(page.getByText('Deadlines end with the day in Europe/Paris')).toBeVisible();
  const standing = /^(\d+ days? late|Due today|Due tomorrow|In \d+ days \(\d+ \w+\))$/;
  const days = await rows.getByText(standing).filter({ visible: true }).allTextContents();
  expect(days).toHaveLength(await rows.count());
  const left = days.map((words) => {
    if (words === 'Due today' || words === 'Due tomorrow') return words === 'Due today' ? 0 : 1;
    return Number(/\d+/.exec(words)) * (words.endsWith('late') ? -1 : 1);
  });
  expect(left).toEqual([...left].sort((a, b) => a - b));

  await page.getByRole('link', { name: 'Overdue only' }).click();
  await expect(page).toHaveURL('/privacy?overdue=true');
  await expect(rows.filter({ hasNotText: 'late' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Erasure', exact: true }).click();
  await expect(page).toHaveURL('/privacy?overdue=true&kind=erasure');
  await expect(rows.filter({ hasNotText: 'Erasure' })).toHaveCount(0);

  await page.goto('/privacy?status=all');
  await expect(page.getByRole('cell', { name: 'Completed', exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByRole('link', { name: 'Previous' })).toBeVisible();
});

test('a request shows its legal clock, what was asked and its history', async ({ page, request }) => {
  const details = 'A <b>bold</b> wish & nothing else';
  const { id } = await freshPrivacyRequest(request, 'rectification', details);
  await signIn(page, 'support');
  await page.goto(`/privacy/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Correction of the data' })).toBeVisible();
  const clock = page.getByRole('img', { name: /^Time line of the legal clock: / });
  await expect(clock).toBeVisible();
  await expect(clock).toHaveAccessibleName(/Received .+, Today .+, Deadline /);
  await expect(page.getByText('GDPR Art. 12(3)').first()).toBeVisible();
  await expect(
    page.getByText(/^In \d+ days \(\d+ \w+\) · The answer is due by the end of .+ \(Europe\/Paris\)\.$/),
  ).toBeVisible();
  await expect(page.getByText(details)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Privacy request received' })).toBeVisible();
  // A support agent may check the identity or cancel; deciding is for operations.
  await expect(page.getByRole('button', { name: 'Record identity check' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await expect(folded(page, 'Deny')).toHaveCount(0);
});

test('a request made before deadlines were counted in calendar days says that it keeps its date', async ({
  page,
  request,
}) => {
  const { id } = await freshPrivacyRequest(request, 'rectification', 'A name');
  await signIn(page, 'support');
  await page.goto(`/privacy/${id}`);
  await expect(page.getByRole('region', { name: 'Legal clock' })).toContainText('(Europe/Paris)');
  const note = page.getByText('It keeps the date that it was given.');
  await expect(note).toHaveCount(0);
  await madeBeforeCalendarDays(id);
  await page.reload();
  await expect(note).toBeVisible();
});

test('operations deny with a reason; an empty one is refused and nothing typed is lost', async ({
  page,
  request,
  consoleErrors,
}) => {
  const { id } = await freshPrivacyRequest(request, 'rectification', 'Please correct my name.');
  await signIn(page, 'ops');
  await page.goto(`/privacy/${id}`);
  await folded(page, 'Deny').click();
  const reason = page.getByLabel('Reason', { exact: true }).first();
  await page.evaluate(() => {
    for (const form of document.forms) form.noValidate = true;
  });
  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(page.getByText('Fill this in.')).toBeVisible();
  const long = 'x'.repeat(2_001);
  await reason.fill(long);
  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(reason).toHaveValue(long);
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  await reason.fill('Nobody could be identified.');
  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(page.getByText('The request is denied.').first()).toBeVisible();
  await expect(page.getByText('Nobody could be identified.')).toBeVisible();
  await expect(page.getByText('This request has ended.')).toBeVisible();
  expect(consoleErrors.filter((text) => !text.includes('400'))).toEqual([]);
  consoleErrors.length = 0;
});

test('an act on a request that changed meanwhile is refused, with the fresh state and what was typed', async ({
  page,
  browser,
  request,
  consoleErrors,
}) => {
  const { id } = await freshPrivacyRequest(request, 'rectification', 'Please correct my name.');
  await signIn(page, 'ops');
  await page.goto(`/privacy/${id}`);
  await folded(page, 'Deny').click();
  await page.getByLabel('Reason', { exact: true }).first().fill('Typed for the old state.');

  const other = await pageOf(await browser.newContext(), 'support');
  await other.goto(`/privacy/${id}`);
  await other.getByLabel('Means').selectOption('document');
  await other.getByRole('button', { name: 'Record identity check' }).click();
  await expect(other.getByText('The identity check is recorded.').first()).toBeVisible();
  await other.context().close();

  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody changed this request');
  await expect(page.getByText('It is now at “Identity check”.')).toBeVisible();
  await expect(page.getByLabel('Reason', { exact: true }).first()).toHaveValue('Typed for the old state.');
  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(page.getByText('The request is denied.').first()).toBeVisible();
  expect(consoleErrors.filter((text) => !text.includes('409'))).toEqual([]);
  consoleErrors.length = 0;
});

test('a deadline is extended and a request completed without JavaScript', async ({ withoutJavaScript, request }) => {
  const { id } = await freshPrivacyRequest(request, 'rectification', 'Please correct my name.');
  const page = await pageOf(withoutJavaScript, 'ops');
  await page.goto(`/privacy/${id}`);
  await folded(page, 'Extend the deadline').click();
  await page.getByLabel('Reason', { exact: true }).nth(1).fill('Several archives are searched.');
  await page.getByRole('button', { name: 'Extend the deadline' }).click();
  await expect(page.getByText('The deadline is extended by two months.')).toBeVisible();
  await expect(page.getByText('Several archives are searched.')).toBeVisible();
  await expect(page.getByRole('img', { name: /First deadline/ })).toBeVisible();
  await expect(folded(page, 'Extend the deadline')).toHaveCount(0);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Mark as completed' }).click();
  await expect(page.getByText('The request is completed.')).toBeVisible();
  await expect(page.getByText(/^Answered on the day of receipt\.$/)).toBeVisible();
});

test('an approved erasure is followed to its certificate', async ({ page, request, consoleErrors }, testInfo) => {
  const { id } = await freshPrivacyRequest(request, 'erasure', 'Erase everything.');
  const agent = await freshAgent('ops');
  await signIn(page, agent);
  await page.goto(`/privacy/${id}`);
  await page.getByLabel('Means').selectOption('document');
  await page.getByRole('button', { name: 'Record identity check' }).click();
  await expect(page.getByText('The identity check is recorded.').first()).toBeVisible();
  await folded(page, 'Approve').click();
  await page.getByLabel('I understand that this cannot be undone.').check();
  await passwordGivenLongAgo(agent.email);
  // The page was opened while the password was recent.
  await page.getByRole('button', { name: 'Approve' }).click();
  const password = page.getByLabel('Your password');
  await expect(password).toBeVisible();
  await expect(page.getByLabel('I understand that this cannot be undone.')).toBeChecked();
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('password.png'), fullPage: true });
  await password.fill('not it');
  await password.press('Enter');
  await expect(page.getByText('This is not your password.').first()).toBeVisible();
  consoleErrors.length = 0;
  await password.fill(DEMO_PASSWORD);
  await password.press('Enter');
  await expect(page.getByText('none remain.')).toBeVisible();
  await expect(page.getByText('Completed').first()).toBeVisible();
  await expect(page.getByText('Erased person').first()).toBeVisible();
  await page.locator('summary', { hasText: 'app_user' }).click();
  await expect(page.getByRole('row', { name: /^email Emptied 1 0$/ })).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`certificate-${id}.json`);
  // From the top: what a scrolled page leaves half under the bar has no whole target.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page);

  // The document: all of it on paper, in the customer's language, whatever is folded on the request's page.
  await page.getByRole('link', { name: 'Print / PDF' }).click();
  await expect(page).toHaveURL(/certificate\/document$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^(Certificate of erasure|Attestation d’effacement)$/,
  );
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/\d (values erased|valeurs effacées)/);
  expect(text).toMatch(/(Audit|Journal d’audit)\s+\d+ (entries kept|entrées conservées), Art\. 17\(3\)\(b\)/);
  expect(text).toMatch(/app_user: .*\bemail\b/);
  expect(text).toMatch(/[0-9a-f]{64}/);
  await expectAccessible(page);
  await page.screenshot({ path: testInfo.outputPath('document.png'), fullPage: true });
  const pdf = await page.pdf({ path: testInfo.outputPath('document.pdf'), preferCSSPageSize: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages).toHaveLength(1);
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`the privacy pages are accessible in ${locale}, ${scheme}`, async ({ page, context, baseURL }) => {
    await choose(context, baseURL, look);
    await signIn(page, 'ops');
    await page.goto('/privacy');
    await expectAccessible(page);
    for (const status of ['requested', 'processing', 'failed', 'completed', 'denied']) {
      await page.goto(`/privacy?status=${status}`);
      await page.locator('tbody a').first().click();
      await expect(page).toHaveURL(/\/privacy\/[0-9a-f-]{36}$/);
      for (const summary of await page.locator('main summary').all()) await summary.click();
      await expectAccessible(page);
    }
  });
}
