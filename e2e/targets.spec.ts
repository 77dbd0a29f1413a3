import type { Page } from '@playwright/test';
import { type DemoRole, expect, signIn, test } from './fixtures.ts';
import { smallTargets } from './small-targets.ts';

/** Widths of a small laptop and of a telephone. */
const WIDTHS = [1440, 390];

/** Pages by who opens them; a list that ends in `first` is opened at the first of its entries. */
const PAGES: Record<DemoRole, string[]> = {
  support: [
    '/',
    '/users?query=ferreira',
    '/users/first',
    '/incidents',
    '/incidents/first',
    '/incidents/new',
    '/privacy',
    '/privacy/new',
    '/no/such/page',
  ],
  ops: ['/privacy/first', '/audit', '/ops'],
  user: ['/account', '/account/security'],
};

async function addressOf(page: Page, path: string): Promise<string> {
  if (!path.endsWith('/first')) return path;
  const list = path.replace('/first', '');
  if (!new URL(page.url()).pathname.endsWith(list)) await page.goto(list);
  return (await page.locator(`main a[href^="${list}/0"]`).first().getAttribute('href')) ?? '';
}

async function expectLargeTargets(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    expect.soft(await smallTargets(page), `${page.url()} at ${width} px`).toEqual([]);
  }
}

for (const [role, paths] of Object.entries(PAGES) as [DemoRole, string[]][]) {
  test(`whatever ${role} can press is large enough to be pressed`, async ({ page, consoleErrors }) => {
    await page.goto('/login');
    await expectLargeTargets(page);
    await signIn(page, role);
    for (const path of paths) {
      const answer = await page.goto(await addressOf(page, path));
      if (answer?.status() === 404) consoleErrors.length = 0;
      await expectLargeTargets(page);
    }
  });
}

test('the measure finds what is small, wherever it lies', async ({ page }) => {
  await page.setContent(`
    <style>
      body { margin: 0 }
      header { position: sticky; top: 0; height: 60px; background: white }
      button { position: absolute; padding: 0; border: 0; width: 20px; height: 20px }
    </style>
    <header></header>
    <button style="left: 40px; top: 20px">near</button>
    <button style="left: 61px; top: 20px">by</button>
    <button style="left: 140px; top: 20px">alone</button>
    <button style="left: 200px; top: 20px; width: 40px; height: 40px">large</button>
    <button style="left: 300px; top: 700px; width: 40px; height: 40px">covered</button>
    <button style="left: 310px; top: 690px; width: 40px; height: 30px">over</button>
    <p style="position: absolute; top: 1900px">A sentence with <a href="/a">one</a> and <a href="/b">two</a>.</p>
    <div style="position: absolute; top: 2000px; line-height: 16px"><a href="/c">three</a><br><a href="/d">four</a></div>`);
  const names = (await smallTargets(page)).map((each) => /"(.*)"/.exec(each)?.[1]);
  expect(names).toEqual(['near', 'by', 'covered', 'three', 'four']);
});
