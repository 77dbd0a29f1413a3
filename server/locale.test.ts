import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.each([
  ['', 'en'],
  ['fr', 'fr'],
  ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
  ['EN-gb, FR', 'en'],
  ['fr;q=0.1,en;q=0.9', 'en'],
  ['fr;q=0.1, en;q=0.9', 'en'],
  ['en;q=0.5,fr', 'fr'],
  ['de,it;q=0.9', 'en'],
  ['de,fr;q=0.2', 'fr'],
  ['fr;q=0', 'en'],
  ['fr;q=0,en;q=0.1', 'en'],
  ['*', 'en'],
  ['en;q=0,*', 'fr'],
  ['fr;q=0.5,*;q=0.8', 'en'],
  ['en;q=0.5,*;q=0.8', 'fr'],
  ['french,frisian', 'en'],
  [';;q=,,fr', 'fr'],
])('Accept-Language "%s" gives %s', (accepted, locale) => {
  expect(localeOf('', accepted)).toBe(locale);
});

test('a choice in the cookie goes before, and one that is none of ours does not count', () => {
  expect(localeOf('guichet_locale=fr', 'en')).toBe('fr');
  expect(localeOf('a=b; guichet_locale=en; c=d', 'fr')).toBe('en');
  expect(localeOf('guichet_locale=de', 'fr')).toBe('fr');
});
