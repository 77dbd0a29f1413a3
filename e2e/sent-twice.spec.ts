import type { APIRequestContext, Page } from '@playwright/test';
import { deskApi } from './desk-api.ts';
import { demoEmail, expect, signIn, test } from './fixtures.ts';

type Incident = { id: string; number: number; title: string };

async function customerId(request: APIRequestContext): Promise<string> {
  const api = await deskApi(request, 'support');
  const found = await api.get(`/support/users?query=${demoEmail('user')}`);
  const { data } = (await found.json()) as { data: { id: string }[] };
  const id = data[0]?.id;
  if (!id) throw new Error('the demo has no customer');
  return id;
}

/** The incidents that have exactly this title. */
async function titled(request: APIRequestContext, title: string): Promise<Incident[]> {
  const api = await deskApi(request, 'support');
  const found = await api.get(`/support/incidents?query=${encodeURIComponent(title)}`);
  const { data } = (await found.json()) as { data: Incident[] };
  return data.filter((incident) => incident.title === title);
}

async function fill(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Description' }).fill('Sent with care.');
  await page.getByRole('radio', { name: 'Content' }).check();
}

/** Sends the form of the page as it stands as `times` posts at once, as an impatient browser would. */
async function post(page: Page, form: Record<string, string>, times: number) {
  const key = await page.locator('input[name="form_key"]').inputValue();
  const url = page.url();
  const sends = Array.from({ length: times }, () =>
    page.request.post(url, { form: { ...form, form_key: key }, maxRedirects: 0 }),
  );
  return (await Promise.all(sends)).map((response) => [response.status(), response.headers().location]);
}

for (const script of ['with', 'without']) {
  test(`two incidents are opened one after the other in a dossier, ${script} JavaScript`, async ({
    page: scripted,
    withoutJavaScript,
    request,
  }) => {
    const page = script === 'with' ? scripted : await withoutJavaScript.newPage();
    await signIn(page, 'support');
    await page.goto(`/users/${await customerId(request)}`);
    const titles = [`First of two ${script} script`, `Second of two ${script} script`];
    const numbers: (string | null)[] = [];
    for (const title of titles) {
      await page.locator('summary', { hasText: 'New incident' }).click();
      await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('');
      await fill(page, title);
      await page.getByRole('button', { name: 'Open the incident' }).click();
      await expect(page.getByText(/^Incident \d+ is open:$/)).toBeVisible();
      await expect(page.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
      await expect(page.getByRole('textbox', { name: 'Title' })).toBeHidden();
      if (numbers.length > 0) await expect(page).not.toHaveURL(new RegExp(`created=${numbers[0]}$`));
      numbers.push(new URL(page.url()).searchParams.get('created'));
    }
    for (const title of titles) expect(await titled(request, title)).toHaveLength(1);
    expect(new Set(numbers).size).toBe(2);
  });
}

test('a form sent twice opens one incident, and both sendings lead to it', async ({ withoutJavaScript, request }) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'support');
  const id = await customerId(request);
  for (const [index, path] of [`/users/${id}`, `/incidents/new?user_id=${id}`].entries()) {
    await page.goto(path);
    const form = { category: 'content', priority: 'low', title: `Sent twice, form ${index}`, description: 'Once.' };
    const [first, ...others] = await post(page, form, 3);
    expect(first?.[0]).toBe(303);
    for (const other of others) expect(other).toEqual(first);
    expect(await titled(request, form.title)).toHaveLength(1);
  }
});

test('a form that was sent is kept when it is sent with other words, and opens another', async ({
  withoutJavaScript,
  request,
}) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'support');
  await page.goto(`/incidents/new?user_id=${await customerId(request)}`);
  await post(page, { category: 'content', title: 'Sent before', description: 'Once.' }, 1);

  await fill(page, 'Sent after it');
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await expect(page.getByRole('alert')).toContainText('This form was already sent with other content.');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Sent after it');
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sent after it' })).toBeVisible();
  for (const title of ['Sent before', 'Sent after it']) expect(await titled(request, title)).toHaveLength(1);
});
