import type { APIRequestContext } from '@playwright/test';
import { deskApi } from './desk-api.ts';
import { choose, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

type Customer = { id: string; name: string };

/** A customer of the demo without a request: each test has one of its own, `ordinal` from the end of the list. */
async function customer(request: APIRequestContext, ordinal: number): Promise<Customer> {
  const api = await deskApi(request, 'support');
  const found = await api.get('/support/users?query=ma&limit=100');
  const { data } = (await found.json()) as { data: (Customer & { role: string; erased_at: string | null })[] };
  const free: Customer[] = [];
  for (const { id, name, role, erased_at } of data.toReversed()) {
    if (role !== 'user' || erased_at) continue;
    const asked = (await (await api.get(`/support/privacy-requests?user_id=${id}`)).json()) as { data: unknown[] };
    if (asked.data.length === 0) free.push({ id, name });
    if (free.length > ordinal) break;
  }
  const one = free[ordinal];
  if (!one) throw new Error(`the demo has no customer ${ordinal} without a request`);
  return one;
}

for (const [ordinal, script] of ['with', 'without'].entries()) {
  test(`an agent asks on a customer's behalf, from their dossier, ${script} JavaScript`, async ({
    page: scripted,
    withoutJavaScript,
    request,
    consoleErrors,
  }) => {
    const page = script === 'with' ? scripted : await withoutJavaScript.newPage();
    const { id, name } = await customer(request, ordinal);
    await signIn(page, 'support');
    await page.goto(`/users/${id}`);
    await page.getByRole('link', { name: 'Ask on their behalf' }).click();
    await expect(page.getByRole('heading', { level: 1, name: "Ask on a customer's behalf" })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name })).toBeVisible();

    const details = page.getByRole('textbox', { name: 'What they ask for' });
    const reason = page.getByRole('textbox', { name: 'How the wish reached us' });
    const day = page.getByLabel('The day on which it reached us');
    const send = page.getByRole('button', { name: 'Take the request in' });
    await send.click();
    await expect(page.getByText('Choose what they ask for.')).toBeVisible();
    await expect(reason).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('radio', { name: 'Correction of the data' }).check();
    await day.fill('2999-01-01');
    await reason.fill('By <b>letter</b>, signed.');
    await send.click();
    await expect(page.getByText('Give a day of the past year, today at the latest.')).toBeVisible();
    await expect(details).toHaveAttribute('aria-invalid', 'true');
    await expect(reason).toHaveValue('By <b>letter</b>, signed.');
    await expect(page.getByRole('radio', { name: 'Correction of the data' })).toBeChecked();
    for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 400');

    const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);
    await day.fill(threeDaysAgo.toISOString().slice(0, 10));
    await details.fill('The name is written with two n.');
    await send.click();
    await expect(page).toHaveURL(/\/privacy\/[\da-f-]{36}\?done=create$/);
    await expect(page.getByText('The request is taken in; its clock runs.').first()).toBeVisible();
    await expect(page.getByText('By <b>letter</b>, signed.')).toBeVisible();
    await expect(page.getByText('The name is written with two n.')).toBeVisible();
    await expect(page.getByText(/, on the customer's behalf$/)).toBeVisible();
    const received = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(threeDaysAgo);
    await expect(page.getByRole('main').getByText(received).first()).toBeVisible();

    await page.goto(`/privacy/new?user_id=${id}`);
    await expect(page.getByRole('radio', { name: 'Correction of the data' })).toBeDisabled();
    await expect(page.getByRole('region', { name: 'Their open requests' })).toContainText('Correction of the data');
  });
}

test('two agents who ask for the same are told, and nothing typed is lost', async ({
  page,
  context,
  request,
  consoleErrors,
}) => {
  const { id } = await customer(request, 2);
  await signIn(page, 'support');
  await page.goto(`/privacy/new?user_id=${id}`);
  const other = await context.newPage();
  await other.goto(`/privacy/new?user_id=${id}`);
  for (const [one, words] of [
    [other, 'By telephone.'],
    [page, 'By e-mail, from their address.'],
  ] as const) {
    await one.getByRole('radio', { name: 'A copy of the data' }).check();
    await one.getByRole('textbox', { name: 'How the wish reached us' }).fill(words);
    await one.getByRole('button', { name: 'Take the request in' }).click();
    if (one === other) await expect(other).toHaveURL(/done=create$/);
  }
  await expect(page.getByRole('alert')).toContainText('They have such a request open already.');
  await expect(page.getByRole('textbox', { name: 'How the wish reached us' })).toHaveValue(
    'By e-mail, from their address.',
  );
  for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 409');
  await page.getByRole('link', { name: 'See their requests' }).click();
  await expect(page).toHaveURL(`/privacy?user_id=${id}`);
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(1);
});

test('a double click takes one request in', async ({ page, request }) => {
  const { id } = await customer(request, 3);
  await signIn(page, 'support');
  await page.goto(`/privacy/new?user_id=${id}`);
  const key = await page.locator('input[name="form_key"]').inputValue();
  const form = { form_key: key, kind: 'access', details: '', reason: 'By letter.', received_on: '' };
  const send = () => page.request.post(`/privacy/new?user_id=${id}`, { form, maxRedirects: 0 });
  const answers = await Promise.all([send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([303, 303]);
  expect(new Set(answers.map((answer) => answer.headers().location)).size).toBe(1);
});

test('the way there from the list begins with finding the customer', async ({ page }) => {
  await signIn(page, 'ops');
  await page.goto('/privacy');
  await page.getByRole('link', { name: "Ask on a customer's behalf" }).click();
  await expect(page).toHaveURL('/privacy/new');
  await page.getByRole('main').getByRole('searchbox').fill('user@demo.example');
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('link', { name: 'Inès Ferreira-Nakamura' })).toBeVisible();
});

test('a customer has no such page', async ({ page, request }) => {
  const { id } = await customer(request, 4);
  await signIn(page, 'user');
  const refused = await page.request.get(`/privacy/new?user_id=${id}`, { maxRedirects: 0 });
  expect([302, 303, 403]).toContain(refused.status());
  const form = { form_key: crypto.randomUUID(), kind: 'access', details: '', reason: 'Mine?', received_on: '' };
  const sent = await page.request.post(`/privacy/new?user_id=${id}`, { form, maxRedirects: 0 });
  expect(sent.status()).toBe(403);
});

for (const look of LOOKS) {
  const { locale, scheme } = look;
  test(`the form is accessible in ${locale}, ${scheme}`, async ({ page, context, request, baseURL, consoleErrors }) => {
    const { id } = await customer(request, 5);
    await signIn(page, 'support');
    await choose(context, baseURL, look);
    await page.goto(`/privacy/new?user_id=${id}`);
    await expectAccessible(page);
    await page
      .getByRole('button', { name: locale === 'fr' ? 'Enregistrer la demande' : 'Take the request in' })
      .click();
    await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
    for (const error of consoleErrors.splice(0)) expect(error).toContain('status of 400');
    await expectAccessible(page);
  });
}
