import { freshErasure } from './desk-api.ts';
import { choose, expect, expectAccessible, LOOKS, signIn, test } from './fixtures.ts';

const fileOf = (certificate: unknown, name = 'certificate.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(certificate, null, 2)),
});

test('a certificate is checked as a file or as text, and told from an altered one', async ({ page, request }) => {
  const { id, certificate } = await freshErasure(request);
  await signIn(page, 'support');
  await page.goto(`/privacy/${id}`);
  await page.getByRole('link', { name: 'Check a certificate' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Check a certificate' })).toBeVisible();
  const result = page.getByRole('region');
  await page.getByLabel('Certificate file').setInputFiles(fileOf(certificate));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(result.getByRole('heading', { name: 'Genuine' })).toBeVisible();
  await expect(result).toContainText('Audit: names this certificate.');
  await expect(result.getByRole('link', { name: 'See the request' })).toHaveAttribute('href', `/privacy/${id}`);

  await page.goto('/privacy');
  await page.getByRole('link', { name: 'Check a certificate' }).click();
  await page.getByLabel('Or its text').fill(JSON.stringify({ ...certificate, erased: 0 }));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(result.getByRole('heading', { name: 'Altered' })).toBeVisible();
  await expect(result).toContainText('Seal of the desk: wrong.');

  await page.getByLabel('Or its text').fill('status: failed');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(result.getByRole('heading', { name: 'Not a certificate' })).toBeVisible();
});

test('a certificate is checked without JavaScript; empty and too long ones are refused in place', async ({
  withoutJavaScript,
  request,
}) => {
  const { certificate } = await freshErasure(request);
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'ops');
  await page.goto('/privacy/verify');
  await page.getByLabel('Certificate file').setInputFiles(fileOf(certificate));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('heading', { name: 'Genuine' })).toBeVisible();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('Fill this in.')).toBeVisible();
  await page.getByLabel('Certificate file').setInputFiles(fileOf('x'.repeat(300_000)));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('At most 262,144 characters.', { exact: true })).toBeVisible();
});

for (const look of LOOKS) {
  test(`the check of a certificate is accessible in ${look.locale}, ${look.scheme}`, async ({
    page,
    context,
    baseURL,
  }, testInfo) => {
    await choose(context, baseURL, look);
    await signIn(page, 'ops');
    await page.goto('/privacy/verify');
    await expectAccessible(page);
    await page.locator('textarea').fill('{"kind":"erasure","sha256":""}');
    await page.locator('main form button').click();
    await expect(page.locator('#outcome')).toBeVisible();
    await expectAccessible(page);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: testInfo.outputPath(`check-${width}.png`), fullPage: true });
    }
  });
}
