import {
  ar,
  cs_CZ,
  da,
  de,
  el,
  en,
  en_IN,
  en_NG,
  es,
  fr,
  he,
  hr,
  hu,
  it,
  ja,
  ko,
  type LocaleDefinition,
  nl,
  pl,
  pt_BR,
  ro,
  ru,
  sv,
  tr,
  uk,
  vi,
  yo_NG,
  zh_CN,
} from '@faker-js/faker';
import type { Random } from './random.ts';

type Culture = {
  weight: number;
  first: readonly string[];
  last: readonly string[];
  /** First and last name put together as people there write them. */
  join: (first: string, last: string) => string;
};

const spaced = (first: string, last: string) => `${first} ${last}`;
const familyFirst = (first: string, last: string) => `${last} ${first}`;
const unspaced = (first: string, last: string) => `${last}${first}`;

const CULTURES: readonly Culture[] = [
  culture(fr, 24, spaced),
  culture(en, 18, spaced),
  culture(de, 8, spaced),
  culture(es, 6, spaced),
  culture(it, 5, spaced),
  culture(pt_BR, 4, spaced),
  culture(pl, 4, spaced),
  culture(nl, 3, spaced),
  culture(cs_CZ, 2, spaced),
  culture(sv, 2, spaced),
  culture(da, 1, spaced),
  culture(ro, 2, spaced),
  culture(hr, 1, spaced),
  culture(hu, 1, familyFirst),
  culture(tr, 3, spaced),
  culture(vi, 2, familyFirst),
  culture(en_IN, 3, spaced),
  culture(en_NG, 1, spaced),
  culture(yo_NG, 1, spaced),
  culture(ru, 2, spaced),
  culture(uk, 1, spaced),
  culture(el, 1, spaced),
  culture(ar, 3, spaced),
  culture(he, 1, spaced),
  culture(zh_CN, 3, unspaced),
  culture(ja, 2, familyFirst),
  culture(ko, 1, unspaced),
];
/** Each culture as often as its weight says. */
const DRAW = CULTURES.flatMap((from) => Array.from({ length: from.weight }, () => from));

const HANDLES =
  'amber aspen atlas basalt birch breeze cedar cinder clover cobalt comet coral delta ember fable fern flint forest glacier granite harbor hazel indigo ivory juniper lagoon lantern laurel lilac linden lotus maple marble meadow mosaic nectar nova olive onyx opal orbit orchid pebble pepper pine plume prairie quartz raven reef river saffron sage sierra silver slate sparrow spruce summit tango thistle timber topaz tulip velvet violet walnut willow winter zephyr'.split(
    ' ',
  );

/** Reserved for examples by RFC 2606: no mail to them ever arrives. */
const MAIL_DOMAINS = [
  'example.com',
  'example.net',
  'example.org',
  'mail.example',
  'post.example',
  'courriel.example',
  'studio.example',
  'nordic-post.example',
] as const;

/** Letters that do not come apart into a base letter and a mark. */
const ASCII: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function culture({ person }: LocaleDefinition, weight: number, join: Culture['join']): Culture {
  return { weight, first: everyOf(person?.first_name), last: everyOf(person?.last_name), join };
}

type Names = { generic?: string[] | null; female?: string[] | null; male?: string[] | null } | null | undefined;

function everyOf(names: Names): string[] {
  const all = [...(names?.generic ?? []), ...(names?.female ?? []), ...(names?.male ?? [])];
  return [...new Set(all.map((name) => name.normalize('NFC').trim()))];
}

/** A made-up person's name, from one culture's first and last names. */
export function personName(random: Random): string {
  const from = random.pick(DRAW);
  return from.join(random.pick(from.first), random.pick(from.last));
}

/** An e-mail address on an example domain that fits the name; `tag` makes it unique. */
export function emailFor(name: string, tag: string, random: Random): string {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => ASCII[letter] ?? '')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replaceAll(' ', '.')
    .slice(0, 40);
  const local = slug.length >= 4 ? slug.replace(/\.$/, '') : `${random.pick(HANDLES)}.${random.pick(HANDLES)}`;
  return `${local}${tag}@${random.pick(MAIL_DOMAINS)}`;
}
