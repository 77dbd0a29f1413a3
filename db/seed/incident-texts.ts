import type { IncidentCategory, IncidentPriority } from '../../server/incidents/incidents.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';
import { ENGLISH_TEMPLATES } from './incident-texts.en.ts';
import { FRENCH_TEMPLATES } from './incident-texts.fr.ts';
import type { Random } from './random.ts';

/** What a customer may write about. `{name}` stands for one of the values below. */
export type IncidentTemplate = {
  category: IncidentCategory;
  priority: IncidentPriority;
  title: string;
  description: string;
};

const TEMPLATES: Record<Locale, readonly IncidentTemplate[]> = { en: ENGLISH_TEMPLATES, fr: FRENCH_TEMPLATES };

const VALUES: Record<string, readonly string[] | ((random: Random, locale: Locale) => string)> = {
  browser: ['Firefox 144', 'Chrome 141', 'Safari 26', 'Edge 141', 'Firefox ESR', 'Samsung Internet'],
  device: ['iPhone 15', 'Pixel 9', 'Galaxy S24', 'iPad Air', 'ThinkPad X1', 'MacBook Air', 'Fairphone 5', 'Steam Deck'],
  system: ['iOS 26', 'Android 16', 'Windows 11', 'macOS 26', 'Debian 12', 'Ubuntu 24.04'],
  plan: ['Starter', 'Team', 'Business'],
  project: [
    'Atelier',
    'Nordlicht',
    'Harvest',
    'Blue Hour',
    'Passerelle',
    'Kumo',
    'Mosaïque',
    'Field Notes',
    'Tamarind',
  ],
  file: [
    'rapport-final.pdf',
    'storyboard_v7.psd',
    'interview-04.mp4',
    'budget 2026.xlsx',
    'cover ✨.png',
    'podcast-12.wav',
  ],
  format: ['PDF', 'EPUB', 'CSV', 'MP4', 'SVG', 'DOCX'],
  code: ['E-1042', 'E-2207', '0x80070057', 'ERR_STREAM_CLOSED', 'AUTH-17', 'PAY-302', 'SYNC-9', 'HTTP 502'],
  card: ['Visa', 'Mastercard', 'American Express', 'Carte Bleue'],
  currency: ['EUR', 'USD', 'GBP', 'CHF', 'CAD'],
  country: ['Portugal', 'Canada', 'Sénégal', 'Japan', 'Belgique', 'Deutschland', 'Brasil', 'Norge'],
  count: (random) => String(random.int(2, 48)),
  invoice: (random) => `F-2026-${random.int(10_000, 99_999)}`,
  amount: (random, locale) => money(random.int(900, 48_000), locale),
  other_amount: (random, locale) => money(random.int(900, 48_000), locale),
  size: (random, locale) => (locale === 'fr' ? `${random.int(3, 900)} Mo` : `${random.int(3, 900)} MB`),
  percent: (random) => String(random.int(12, 99)),
};

const EUROS = {
  en: new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }),
  fr: new Intl.NumberFormat('fr', { style: 'currency', currency: 'EUR' }),
};

function money(cents: number, locale: Locale): string {
  return EUROS[locale].format(cents / 100);
}

/** A support text in the customer's language, its placeholders filled in. */
export function incidentText(random: Random, locale: Locale, category?: IncidentCategory): IncidentTemplate {
  const template = random.pick(TEMPLATES[locale].filter((one) => !category || one.category === category));
  const chosen = new Map<string, string>();
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = chosen.get(name) ?? textFor(name, random, locale);
      chosen.set(name, value);
      return value;
    });
  return { ...template, title: fill(template.title), description: fill(template.description) };
}

function textFor(name: string, random: Random, locale: Locale): string {
  const values = VALUES[name];
  if (!values) throw new RangeError(`no values for {${name}}`);
  return typeof values === 'function' ? values(random, locale) : random.pick(values);
}
