import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';

export { expect };

export type DemoRole = 'support' | 'ops' | 'user';

/** The sign-ins that the demo data brings. */
export const DEMO_PASSWORD = 'demo-password';
export const demoEmail = (role: DemoRole): string => `${role}@demo.example`;

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Signs in through the form, as a person would; works without JavaScript too, in English or French. */
export async function signIn(page: Page, who: DemoRole | { email: string }): Promise<void> {
  await page.goto('/login');
  await page.locator('input[name="email"]').fill(typeof who === 'string' ? demoEmail(who) : who.email);
  await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** The languages and colours in which every page has to be accessible. */
export const LOOKS = [
  { locale: 'en', scheme: 'light' },
  { locale: 'en', scheme: 'dark' },
  { locale: 'fr', scheme: 'light' },
  { locale: 'fr', scheme: 'dark' },
] as const;

/** Makes it a browser whose language and colours were chosen before. */
export async function choose(
  context: BrowserContext,
  baseURL: string | undefined,
  look: { locale: 'en' | 'fr'; scheme: 'light' | 'dark' },
) {
  const choices = { guichet_locale: look.locale, guichet_scheme: look.scheme };
  await context.addCookies(Object.entries(choices).map(([name, value]) => ({ name, value, url: baseURL })));
}

/** Asserts that axe finds no violation of WCAG 2.2 AA on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_2_2_AA).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

interface Fixtures {
  /** A browser without JavaScript: what works in it works before, and without, the script. */
  withoutJavaScript: BrowserContext;
  /** Errors that pages of the test put on the console, failed requests among them; the test fails on any left. */
  consoleErrors: string[];
}

export const test = base.extend<Fixtures>({
  withoutJavaScript: async ({ browser, baseURL, locale }, use) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL, locale });
    await use(context);
    await context.close();
  },
  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      context.on('weberror', (failure) => errors.push(String(failure.error())));
      await use(errors);
      expect(errors, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});
