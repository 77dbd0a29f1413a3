import { describe, expect, it } from 'vitest';
import en from '../../i18n/en.json' with { type: 'json' };
import fr from '../../i18n/fr.json' with { type: 'json' };
import { i18nFor, registerMessages } from '../../i18n/i18n.ts';
import { deadlineWords } from './deadline-words.ts';

registerMessages('en', en);
registerMessages('fr', fr);

/** As the pages say it; browsers differ in the spaces that they put into dates. */
function said(
  locale: 'en' | 'fr',
  days_left: number | null,
  due_at: string,
  time_zone = 'Europe/Paris',
): string | null {
  const words = deadlineWords({ days_left, due_at, time_zone }, locale === 'fr' ? 'fr-FR' : 'en-GB');
  if (!words) return null;
  const { key, ...values } = words;
  return i18nFor(locale).t(`privacy.due.${key}`, values).replaceAll(/\s/g, ' ');
}

const DUE = '2026-11-28T22:59:59.999Z';

describe('the words for a deadline', () => {
  it.each([
    [-12, '12 days late', '12 jours de retard'],
    [-2, '2 days late', '2 jours de retard'],
    [-1, '1 day late', '1 jour de retard'],
    [0, 'Due today', 'Échéance aujourd’hui'],
    [1, 'Due tomorrow', 'Échéance demain'],
    [2, 'In 2 days (28 Nov)', 'Dans 2 jours (28 nov.)'],
    [3, 'In 3 days (28 Nov)', 'Dans 3 jours (28 nov.)'],
    [31, 'In 31 days (28 Nov)', 'Dans 31 jours (28 nov.)'],
  ])('at %d days: %s, %s', (days, english, french) => {
    expect(said('en', days, DUE)).toBe(english);
    expect(said('fr', days, DUE)).toBe(french);
  });

  it('are none once the request has ended', () => {
    expect(said('en', null, DUE)).toBeNull();
  });

  it.each([
    ['Pacific/Kiritimati', '2026-11-28T09:59:59.999Z'],
    ['Europe/Paris', DUE],
    ['America/Los_Angeles', '2026-11-29T07:59:59.999Z'],
  ])('name the day as it is in the desk of %s', (zone, due) => {
    expect(said('en', 3, due, zone)).toBe('In 3 days (28 Nov)');
  });
});
