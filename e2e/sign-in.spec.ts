import { expect, expectAccessible, signIn, test } from './fixtures.ts';

test('an agent signs in and sees the queue', async ({ page }) => {
  await signIn(page, 'support');
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test('an agent signs in without JavaScript', async ({ withoutJavaScript }) => {
  const page = await withoutJavaScript.newPage();
  await signIn(page, 'support');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
