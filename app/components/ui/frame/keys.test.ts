import { describe, expect, it } from 'vitest';
import { readKeys } from './keys.ts';

const press = (key: string, over: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  timeStamp: 1_000,
  target: { tagName: 'BODY' },
  ...over,
});

describe('readKeys', () => {
  it.each([
    ['/', { type: 'search' }],
    ['?', { type: 'help' }],
    ['n', { type: 'act', key: 'n' }],
    ['e', { type: 'act', key: 'e' }],
    ['x', null],
    ['Enter', null],
  ])('%s asks for %j', (key, command) => {
    expect(readKeys(press(key), null, true).command).toEqual(command);
  });

  it('goes to a page by g and its letter, in time', () => {
    const { stroke } = readKeys(press('g'), null, true);
    expect(readKeys(press('p', { timeStamp: 1_500 }), stroke, true).command).toEqual({ type: 'go', key: 'p' });
    expect(readKeys(press('p', { timeStamp: 9_000 }), stroke, true).command).toBeNull();
  });

  it('is silent while somebody types, except for Ctrl or Cmd + K', () => {
    const target = { tagName: 'TEXTAREA' };
    expect(readKeys(press('n', { target }), null, true).command).toBeNull();
    expect(readKeys(press('k', { target, ctrlKey: true }), null, true).command).toEqual({ type: 'search' });
    expect(readKeys(press('k', { target, metaKey: true }), null, true).command).toEqual({ type: 'search' });
  });

  it('leaves other combinations to the browser', () => {
    expect(readKeys(press('n', { ctrlKey: true }), null, true).command).toBeNull();
    expect(readKeys(press('e', { altKey: true }), null, true).command).toBeNull();
  });

  it('has single keys turned off', () => {
    expect(readKeys(press('n'), null, false).command).toBeNull();
    expect(readKeys(press('k', { ctrlKey: true }), null, false).command).toEqual({ type: 'search' });
  });
});
