import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page, TestInfo } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { unzip } from '../server/testing/unzip.ts';
import { freshCustomer } from './demo-database.ts';
import { deskApi, freshErasure } from './desk-api.ts';
import { choose, expect, signIn, test } from './fixtures.ts';

/** Text without the spaces that a PDF and a page put in different places. */
const dense = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '');

async function printed(page: Page, testInfo: TestInfo, name: string): Promise<{ text: string; pages: number }> {
  const bytes = await page.pdf({ path: testInfo.outputPath(`${name}.pdf`), preferCSSPageSize: true });
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  return { text: dense(text), pages: pdf.numPages };
}

/** On paper as wide as A4 within its margins: light, and nothing wider than the paper or cut by its box. */
async function expectPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 688, height: 1_000 });
  const faults = await page.evaluate(() => {
    const dark = (colour: string) => {
      const [r = 0, g = 0, b = 0] = colour.match(/\d+/g)?.map(Number) ?? [];
      return r + g + b < 384;
    };
    const said = (element: Element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`;
    const found: string[] = [];
    for (const sheet of [document.documentElement, document.body]) {
      const { backgroundColor: colour } = getComputedStyle(sheet);
      if (colour !== 'rgba(0, 0, 0, 0)' && dark(colour)) found.push(`dark paper: ${colour}`);
    }
    for (const element of document.querySelectorAll('main *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || style.visibility === 'hidden') continue;
      const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (words && !dark(style.color)) found.push(`pale: ${said(element)}`);
      if (box.right > innerWidth + 1) found.push(`wide: ${said(element)}`);
      const clips = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      if (clips) found.push(`cut: ${said(element)}`);
    }
    return found;
  });
  expect(faults).toEqual([]);
  await expect(page.locator('nav:visible, button:visible, form:visible, input:visible')).toHaveCount(0);
}

for (const locale of ['en', 'fr'] as const) {
  test(`a request, a dossier and a certificate print whole and light in ${locale}`, async ({
    page,
    request,
    context,
    baseURL,
  }, testInfo) => {
    const { id, certificate } = await freshErasure(request);
    await choose(context, baseURL, { locale, scheme: 'dark' });
    await signIn(page, 'support');
    await page.goto(`/privacy/${id}`);
    const paper = await printed(page, testInfo, 'request');
    const tables = certificate.tables as Record<string, { columns: object }>;
    for (const [table, { columns }] of Object.entries(tables)) {
      for (const name of [table, ...Object.keys(columns)]) expect(paper.text).toContain(name);
    }
    for (const whole of [id, String(certificate.sha256)]) expect(paper.text).toContain(whole);
    expect(paper.text).not.toMatch(/Print|Imprimer|Queue|Personnes|DownloadasJSON|Télécharger/);
    await expectPaper(page);

    await page.emulateMedia({ media: null });
    await page.goto(`/users/${certificate.user_id}`);
    const dossier = await printed(page, testInfo, 'dossier');
    expect(dossier.text).toContain(String(certificate.user_id));
    for (const entry of await page.locator('main ol > li').allInnerTexts()) {
      expect(dossier.text).toContain(dense(entry.split('\n').at(-1) ?? ''));
    }
    expect(dossier.text).not.toMatch(/Print|Imprimer|Queue|Personnes|Refresh|Actualiser/);
    await expectPaper(page);
  });
}

test('a certificate is one A4 page in the language of a French customer', async ({
  page,
  request,
  context,
  baseURL,
}, testInfo) => {
  const { id, certificate } = await freshErasure(request, (await freshCustomer()).id);
  expect(certificate.locale).toBe('fr');
  await choose(context, baseURL, { locale: 'en', scheme: 'dark' });
  await signIn(page, 'ops');
  await page.goto(`/privacy/${id}/certificate/document`);
  const { text, pages } = await printed(page, testInfo, 'certificate');
  expect(pages).toBe(1);
  for (const words of [
    'Attestation d’effacement',
    'Identité vérifiée par',
    'pièce d’identité',
    'Compte',
    'Journal d’audit',
    'entrées conservées',
    'Ce que cette attestation ne couvre pas',
    'les autres systèmes que ce service d’assistance',
    String(certificate.sha256),
    (certificate.seal as { hmac_sha256: string }).hmac_sha256,
  ]) {
    expect(text).toContain(dense(words));
  }
  expect(text).not.toMatch(/Imprimer|Télécharger/);
  await expectPaper(page);
});

test('the page of an archive prints whole and light', async ({ page, request, browser, baseURL }, testInfo) => {
  const customer = await freshCustomer();
  const ops = await deskApi(request, 'ops');
  const own = await deskApi(request, customer);
  const title = 'A long story, told on paper';
  await ops.post('/support/incidents', {
    user_id: customer.id,
    category: 'account',
    title,
    description: 'word '.repeat(1_900),
  });
  const asked = (await (await own.post('/privacy/requests', { kind: 'access' })).json()) as { data: { id: string } };
  await ops.post(`/support/privacy-requests/${asked.data.id}/approve`, {});
  const archive = async () => (await own.get(`/privacy/requests/${asked.data.id}/archive`)).body();
  await expect.poll(async () => (await own.get(`/privacy/requests/${asked.data.id}/archive`)).status()).toBe(200);
  const files = await unzip(await archive());
  const file = testInfo.outputPath('index.html');
  writeFileSync(file, files.get('index.html') ?? '');
  const context = await browser.newContext({ baseURL, colorScheme: 'dark' });
  const reader = await context.newPage();
  await reader.goto(pathToFileURL(file).href);
  const { text, pages } = await printed(reader, testInfo, 'archive');
  expect(pages).toBeGreaterThan(2);
  expect(text).toContain(dense(title));
  expect(text.split('word').length - 1).toBe(1_900);
  const shown = await reader.locator('main section > header h2').allInnerTexts();
  for (const heading of shown) expect(text).toContain(dense(heading));
  await expectPaper(reader);
  await context.close();
  await page.close();
});
