import { describe, expect, it } from 'vitest';
import { sameOriginPath } from './same-origin-path.ts';

describe('sameOriginPath', () => {
  it.each([
    '/',
    '/users',
    '/incidents?status=open,in_progress&query=%23',
    '/users/1#timeline',
    '/a:b',
  ])('keeps %j', (path) => {
    expect(sameOriginPath(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\\\\evil.example',
    '/a/..//evil.example',
    '/a/../..//evil.example',
    '/./\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'users',
    '',
    ' /users',
    `/${'a'.repeat(2_001)}`,
    null,
    undefined,
    42,
  ])('refuses %j', (value) => {
    expect(sameOriginPath(value, '/fallback')).toBe('/fallback');
  });
});
