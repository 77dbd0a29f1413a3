import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../i18n/en.json' with { type: 'json' };
import fr from '../../i18n/fr.json' with { type: 'json' };
import { i18nFor, registerMessages } from '../../i18n/i18n.ts';
import { detailFacts, stepWords } from './details-words.ts';

beforeAll(() => {
  registerMessages('en', en);
  registerMessages('fr', fr);
});

const facts = (details: Record<string, unknown>, target_type: Parameters<typeof detailFacts>[0]['target_type']) =>
  Object.fromEntries(
    detailFacts({ details, target_type }, i18nFor('en').t).map(({ label, value }) => [label, value] as const),
  );

describe('the details of an audit event', () => {
  it('say a move of an incident in words', () => {
    const details = { fields: ['status', 'assignee_id'], from: 'open', to: 'in_progress', priority: 'high' };
    expect(facts(details, 'incident')).toEqual({
      'Changed fields': 'Status, Assigned to',
      'Moved from': 'Open',
      'Moved to': 'In progress',
      Priority: 'High',
    });
    expect(stepWords({ details, target_type: 'incident' }, i18nFor('en').t)).toBe('Open → In progress');
  });

  it('use the words of what the event is about', () => {
    const details = { kind: 'erasure', from: 'requested', to: 'identity_check' };
    expect(stepWords({ details, target_type: 'privacy_request' }, i18nFor('fr').t)).toBe(
      'Reçue → Vérification d’identité',
    );
    expect(facts(details, 'privacy_request').Kind).toBe('Erasure');
  });

  it('explain a refusal with its code', () => {
    expect(facts({ code: 'insufficient_role' }, 'audit').Code).toMatch(/^insufficient_role: Your role/);
  });

  it('name the filters of a search', () => {
    expect(facts({ filters: ['request_id', 'from'] }, 'audit')).toEqual({ 'Filters used': 'Request id, From' });
    expect(facts({ filters: [] }, 'audit')).toEqual({ 'Filters used': '—' });
  });

  it('leave what they do not know as it is', () => {
    expect(facts({ parts: 3, nested: { a: 1 }, done: true, none: null, from: 'x', code: 'y' }, 'user')).toEqual({
      parts: '3',
      nested: '{"a":1}',
      done: 'Yes',
      none: '—',
      'Moved from': 'x',
      Code: 'y',
    });
    expect(stepWords({ details: { from: 'open' }, target_type: 'incident' }, i18nFor('en').t)).toBeNull();
  });
});
