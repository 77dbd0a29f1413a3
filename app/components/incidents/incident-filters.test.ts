import { describe, expect, it } from 'vitest';
import { isFiltered, listInput, numberAlone, PAGE_SIZE } from './incident-filters.ts';

const params = (text: string) => new URLSearchParams(text);

describe('the filters of the list', () => {
  it('are those of the URL, without blanks and strangers', () => {
    expect(listInput(params('status=open,closed&query=+&priority=&cursor=abc&done=x&assignee_id=me'))).toEqual({
      limit: PAGE_SIZE,
      status: 'open,closed',
      cursor: 'abc',
      assignee_id: 'me',
    });
  });

  it('are none when only the page changes', () => {
    expect(isFiltered(params('cursor=abc&query='))).toBe(false);
    expect(isFiltered(params('query=invoice'))).toBe(true);
  });

  it.each([
    ['query=1042', '1042'],
    ['query=%231042', '1042'],
    ['query=1042&status=', '1042'],
    ['query=1042&status=open', null],
    ['query=invoice+1042', null],
    ['status=open', null],
    ['', null],
  ])('ask for one number alone: %s', (text, number) => {
    expect(numberAlone(params(text))).toBe(number);
  });
});
