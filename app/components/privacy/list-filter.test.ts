import { describe, expect, it } from 'vitest';
import { PRIVACY_STATUSES } from '../../../server/privacy/privacy.rules.ts';
import { privacyListInput } from '../../../server/privacy/privacy.schema.ts';
import { privacyListInputOf, STATUS_GROUPS, statusGroupOf } from './list-filter.ts';

const input = (query: string) => privacyListInput.parse(privacyListInputOf(new URLSearchParams(query)));

describe('the list of privacy requests', () => {
  it('shows the open ones unless told otherwise', () => {
    expect(input('').status).toEqual(['requested', 'identity_check', 'approved', 'processing', 'failed']);
    expect(input('status=').status).toHaveLength(5);
  });

  it('shows every status when asked for all', () => {
    expect(input('status=all').status).toBeUndefined();
  });

  it('takes kinds, the overdue ones, a customer and a page from the URL', () => {
    const user = '0192b9ae-ce60-75bf-8e43-ed9d558819d1';
    expect(input(`status=failed&kind=access,erasure&overdue=true&user_id=${user}&cursor=abc`)).toEqual({
      status: ['failed'],
      kind: ['access', 'erasure'],
      overdue: true,
      user_id: user,
      cursor: 'abc',
      limit: 50,
    });
  });

  it('leaves nonsense for the schema to refuse', () => {
    expect(privacyListInput.safeParse(privacyListInputOf(new URLSearchParams('status=lost'))).success).toBe(false);
  });

  it('has its groups cover every status once', () => {
    const grouped = [STATUS_GROUPS.to_decide, STATUS_GROUPS.under_way, STATUS_GROUPS.ended].join(',').split(',');
    expect(grouped.sort()).toEqual([...PRIVACY_STATUSES].sort());
  });

  it.each([
    [null, 'open'],
    ['', 'open'],
    ['all', 'all'],
    ['requested,identity_check', 'to_decide'],
    ['failed', null],
  ])('names the group of %s', (status, group) => {
    expect(statusGroupOf(status)).toBe(group);
  });
});
