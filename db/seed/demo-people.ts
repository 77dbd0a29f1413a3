import { ERASED } from '../../server/privacy/erased.rules.ts';
import { SUBSCRIPTION_STATUSES } from '../../server/subscriptions/subscriptions.rules.ts';
import type { DemoDesk } from './demo-desk.ts';
import { buildUser } from './factories.ts';
import { emailFor, personName } from './people.ts';
import type { UserRow } from './rows.ts';
import { livedSubscription } from './subscriptions.ts';

const DAY = 86_400_000;
export const DEMO_CUSTOMERS = 2_000;

const ERASED_CUSTOMERS = 6;

const STAFF = [
  { email: 'support@demo.example', name: 'Maya Okonkwo', role: 'support', locale: 'en' },
  { email: 'ops@demo.example', name: 'Tomasz Lindqvist', role: 'ops', locale: 'en' },
  { email: 'anais.berthelot@demo.example', name: 'Anaïs Berthelot', role: 'support', locale: 'fr' },
  { email: 'yusuf.karadag@demo.example', name: 'Yusuf Karadağ', role: 'support', locale: 'en' },
  { email: 'hanna.silfver@demo.example', name: 'Hanna Silfver', role: 'support', locale: 'en' },
  { email: 'kwame.adomako@demo.example', name: 'Kwame Adomako', role: 'support', locale: 'en' },
  { email: 'linh.tran@demo.example', name: 'Trần Mỹ Linh', role: 'support', locale: 'fr' },
  { email: 'paulo.teixeira@demo.example', name: 'Paulo Teixeira-Brandt', role: 'support', locale: 'fr' },
  { email: 'noor.devries@demo.example', name: 'Noor de Vries', role: 'ops', locale: 'en' },
] as const;

/** Names that a page must show whole, in their own direction, and never as markup. */
const UNUSUAL_NAMES = [
  "Siobhán O'Dálaigh-D’Arcy",
  'Zoë 🌻 Lindgren',
  'Ngozi ✨🪁 Adébáyọ̀',
  '👩🏽‍🚀 Astrid Nováková',
  'Bartholomäus Maximilian Alexander Konstantin von und zu Hohenfels-Wittgenau auf Schloss Oberlindenburg an der Donau',
  'María del Carmen Guadalupe de los Ángeles Fernández de Córdoba y Álvarez de las Asturias Bohorques',
  'Raharinirinaandriamanantsoaharisoamampionona Andrianampoinimerinavalona',
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Evansdottir',
  'عبد الرحمن بن يوسف الشريف الإدريسي',
  'فاطمة الزهراء بنت سليمان',
  'מרים בן־חיים Левина',
  '歐陽 靜宜',
  '鈴木・アンダーソン 花子',
  '𠮷田 ひかり',
  '남궁 하늘',
  'Ђорђе Његовановић',
  'Þórdís Ægisdóttir',
  'Dương Nguyễn Thị Ánh Tuyết',
  'Jean-François d’Alençon-Lévêque',
  'İpek Işıl Güneşoğlu',
  'Ōtara Māhina Te Whāwhai',
  'X Æ Ångström',
  'Bo Ek',
  'Null Undefined',
  '<b>Robin</b> & "Co" Sørensen',
  "Bobby'); -- Tables",
] as const;

/** The people who work at the desk. Only those with a demo sign-in have a password. */
export function addStaff(desk: DemoDesk, passwordHash: string): void {
  STAFF.forEach((person, index) => {
    const createdAt = desk.ago((900 - index * 70) * DAY);
    const canSignIn = index < 2;
    const row = buildUser({
      ...person,
      id: desk.random.id(createdAt),
      password_hash: canSignIn ? passwordHash : null,
      created_at: createdAt,
    });
    desk.people.push(row);
    (person.role === 'ops' ? desk.ops : desk.support).push(row);
  });
}

/** The customer behind user@demo.example, whose dossier has something of everything. */
export function addDemoCustomer(desk: DemoDesk, passwordHash: string): UserRow {
  const createdAt = desk.ago(412 * DAY);
  const row = buildUser({
    id: desk.random.id(createdAt),
    email: 'user@demo.example',
    name: 'Inès Ferreira-Nakamura',
    locale: 'en',
    password_hash: passwordHash,
    created_at: createdAt,
  });
  desk.people.push(row);
  desk.subscriptions.push({
    ...livedSubscription(desk.random, row.id, createdAt, new Date(createdAt.getTime() + DAY), 'active'),
    plan: 'team',
    price_cents: 2_900,
    currency: 'EUR',
    billing_interval: 'month',
    current_period_end: new Date(desk.now.getTime() + 11 * DAY),
  });
  return row;
}

/** Customers from many places; some erased, and some without a subscription. */
export function addCustomers(desk: DemoDesk): void {
  const { random, now } = desk;
  for (let index = 0; index < DEMO_CUSTOMERS; index++) {
    const name = UNUSUAL_NAMES[index] ?? personName(random);
    const erased = index >= DEMO_CUSTOMERS - ERASED_CUSTOMERS;
    const createdAt = random.instant(desk.ago(1_100 * DAY), desk.ago(erased ? 300 * DAY : DAY));
    const row = buildUser({
      id: random.id(createdAt),
      email: erased ? null : emailFor(name, String(index + 10), random),
      name: erased ? ERASED : name,
      locale: random.chance(0.42) ? 'fr' : 'en',
      created_at: createdAt,
    });
    desk.people.push(row);
    (erased ? desk.erased : desk.customers).push(row);
    if (erased || random.chance(0.12)) continue;
    // Every state is there, however the dice fall.
    const status = SUBSCRIPTION_STATUSES[index];
    desk.subscriptions.push(livedSubscription(random, row.id, createdAt, now, status));
  }
}
