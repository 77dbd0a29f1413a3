import { describe, expect, it } from 'vitest';
import { canonicalSearch, filterTexts } from './audit-filters.ts';
import { auditSearch } from './audit-search.ts';

const params = (search: string) => new URLSearchParams(search);

describe('the address of a search', () => {
  it('drops what is empty and joins what is repeated', () => {
    expect(canonicalSearch(params('request_id=&action=auth_login&action=audit_search&actor_id=%20&from='))).toBe(
      '?action=auth_login,audit_search',
    );
    expect(canonicalSearch(params('request_id=%20abc-def-123%20'))).toBe('?request_id=abc-def-123');
    expect(canonicalSearch(params('request_id='))).toBe('?');
  });

  it('is left alone when there is nothing to drop', () => {
    expect(canonicalSearch(params(''))).toBeNull();
    expect(canonicalSearch(params('action=auth_login,audit_search&from=2026-11-22T10%3A00'))).toBeNull();
  });

  it('becomes itself in one step', () => {
    const once = canonicalSearch(params('action=a&action=b&from=2026-11-22T10:00&to=')) ?? '';
    expect(canonicalSearch(params(once.slice(1)))).toBeNull();
  });
});

describe('a search', () => {
  it('takes every filter', () => {
    const search =
      'request_id=01a20393-887d&actor_id=0192B9AE-ce60-75bf-8e43-ed9d558819d1&action=auth_login,audit_search' +
      '&target_type=incident&target_id=x&status=denied,failed&from=2026-11-22T10:00&to=2026-11-23T00:00:00.000Z&cursor=abc';
    expect(auditSearch(params(search), 'Europe/Paris')).toEqual({
      issues: null,
      input: {
        request_id: '01a20393-887d',
        actor_id: '0192b9ae-ce60-75bf-8e43-ed9d558819d1',
        action: ['auth_login', 'audit_search'],
        target_type: 'incident',
        target_id: 'x',
        status: ['denied', 'failed'],
        from: '2026-11-22T09:00:00.000Z',
        to: '2026-11-23T00:00:00.000Z',
        cursor: 'abc',
        limit: 50,
      },
    });
  });

  it('asks for the newest events when nothing is given', () => {
    expect(auditSearch(params('utm=1'), 'UTC').input).toEqual({ limit: 50 });
  });

  it('names each filter that means nothing', () => {
    const { input, issues } = auditSearch(params('request_id=no&actor_id=me&action=dance&from=yesterday'), 'UTC');
    expect(input).toBeNull();
    expect(issues?.map(({ path }) => path).sort()).toEqual(['action', 'actor_id', 'from', 'request_id']);
  });

  it('keeps what was typed', () => {
    expect(filterTexts(params('request_id=no&from=yesterday'))).toMatchObject({
      request_id: 'no',
      from: 'yesterday',
      to: '',
    });
  });
});
