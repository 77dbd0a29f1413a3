import { describe, expect, it } from 'vitest';
import { toggled, withParams } from './search-params.ts';

describe('withParams', () => {
  it('keeps the other filters and goes back to the first page', () => {
    const params = new URLSearchParams('status=open&cursor=abc&query=a b');
    expect(withParams(params, { priority: 'high' })).toBe('?status=open&query=a+b&priority=high');
  });

  it('keeps the filters when the page changes', () => {
    expect(withParams(new URLSearchParams('status=open&cursor=abc'), { cursor: 'd=' })).toBe(
      '?status=open&cursor=d%3D',
    );
  });

  it('removes a filter', () => {
    expect(withParams(new URLSearchParams('status=open'), { status: null })).toBe('?');
  });

  it('leaves commas readable', () => {
    expect(withParams(new URLSearchParams(), { status: 'open,closed' })).toBe('?status=open,closed');
  });
});

describe('toggled', () => {
  it.each([
    [null, 'open', 'open'],
    ['open', 'open', null],
    ['open', 'closed', 'open,closed'],
    ['open,closed', 'open', 'closed'],
    ['', 'open', 'open'],
  ])('%j with %j is %j', (current, value, next) => {
    expect(toggled(current, value)).toBe(next);
  });
});
