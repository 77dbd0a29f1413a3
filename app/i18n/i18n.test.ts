import { describe, expect, it } from 'vitest';
import {
  AUDIT_ACTIONS,
  AUDIT_ACTOR_ROLES,
  AUDIT_STATUSES,
  AUDIT_TARGET_TYPES,
} from '../../server/audit/audit.rules.ts';
import { ERRORS } from '../../server/errors.rules.ts';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../../server/incidents/incidents.rules.ts';
import { PRIVACY_ACT_PERMISSIONS, PRIVACY_KINDS, PRIVACY_STATUSES } from '../../server/privacy/privacy.rules.ts';
import {
  BILLING_INTERVALS,
  SUBSCRIPTION_PLANS,
  SUBSCRIPTION_STATUSES,
} from '../../server/subscriptions/subscriptions.rules.ts';
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { i18nFor, registerMessages } from './i18n.ts';

const LANGUAGES = { en, fr };
const PLURAL = /_(zero|one|two|few|many|other)$/;

function entries(node: object, path = ''): [string, unknown][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? entries(value, `${path}${key}.`) : [[path + key, value]],
  );
}

function baseKeys(messages: object): string[] {
  return [...new Set(entries(messages).map(([key]) => key.replace(PLURAL, '')))].sort();
}

describe('messages', () => {
  it('have the same keys in both languages', () => {
    expect(baseKeys(fr)).toEqual(baseKeys(en));
  });

  describe.each(Object.entries(LANGUAGES))('%s', (language, messages) => {
    const all = new Map(entries(messages));

    it('has no empty value', () => {
      expect([...all].filter(([, value]) => typeof value !== 'string' || value.trim() === '')).toEqual([]);
    });

    it('has every plural form of its language', () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = new Set([...all.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
      const missing = [...plurals]
        .flatMap((key) => forms.map((form) => `${key}_${form}`))
        .filter((key) => !all.has(key));
      expect(missing).toEqual([]);
    });

    it('uses the same placeholders as English', () => {
      const english = new Map(entries(en));
      const names = (value: unknown) => [...String(value).matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();
      const other = [...all].filter(([key, value]) => {
        const source = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
        return String(names(value)) !== String(names(source));
      });
      expect(other).toEqual([]);
    });

    it.each([
      ['errors', Object.keys(ERRORS)],
      ['incidents.status', INCIDENT_STATUSES],
      ['incidents.priority', INCIDENT_PRIORITIES],
      ['incidents.category', INCIDENT_CATEGORIES],
      ['incidents.move', INCIDENT_STATUSES],
      ['privacy.kind', PRIVACY_KINDS],
      ['privacy.status', PRIVACY_STATUSES],
      ['privacy.act', Object.keys(PRIVACY_ACT_PERMISSIONS)],
      ['subscriptions.status', SUBSCRIPTION_STATUSES],
      ['subscriptions.plan', SUBSCRIPTION_PLANS],
      ['subscriptions.interval', BILLING_INTERVALS],
      ['roles', AUDIT_ACTOR_ROLES],
      ['audit.action', AUDIT_ACTIONS],
      ['audit.status', AUDIT_STATUSES],
      ['audit.target', AUDIT_TARGET_TYPES],
    ])('has a word for every value of %s', (path, values) => {
      expect(values.filter((value) => !all.has(`${path}.${value}`))).toEqual([]);
    });
  });

  it('counts in the words of the language', () => {
    registerMessages('en', en);
    registerMessages('fr', fr);
    expect(i18nFor('en').t('incidents.count', { count: 1 })).toBe('1 incident');
    expect(i18nFor('en').t('incidents.count', { count: 10_000 })).toBe('10,000 incidents');
    expect(i18nFor('fr').t('incidents.count', { count: 0 })).toBe('0 incident');
    expect(i18nFor('fr').t('incidents.count', { count: 2_000_000 })).toMatch(/^2\s000\s000 d’incidents$/);
  });
});
