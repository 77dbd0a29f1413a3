import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { PROCEDURE_INPUTS } from '../testing/procedure-inputs.ts';
import { appRouter } from './router.ts';

type Procedure = { _def: { inputs: z.ZodType[] } };

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

/** Texts of which nothing is kept but a hash, or nothing: any character is good. */
const KEPT_AS_HASH = new Set(['password', 'current_password', 'new_password', 'refresh_token', 'certificate']);

test('every procedure has an input to be tried with, and no other', () => {
  expect(Object.keys(PROCEDURE_INPUTS).sort()).toEqual(procedures.map(([name]) => name).sort());
});

describe.each(procedures)('%s', (name, { _def }) => {
  const least = PROCEDURE_INPUTS[name] ?? {};
  const takes = (input: unknown) => _def.inputs.every((schema) => schema.safeParse(input).success);

  test('takes what it asks for, and asks for all of it', () => {
    expect(takes(least)).toBe(true);
    for (const field of Object.keys(least)) {
      const { [field]: _, ...rest } = least;
      expect(takes(rest), `without ${field}`).toBe(false);
    }
  });

  test('is called without an input when no field of it is required', () => {
    expect(takes(undefined)).toBe(Object.keys(least).length === 0);
  });

  test('refuses a field that it does not know, and what is no object, where it has an input', () => {
    if (_def.inputs.length === 0) return;
    expect(takes({ ...least, never_heard_of: 1 })).toBe(false);
    for (const input of [null, 'text', 1, true, [], [least]]) expect(takes(input), JSON.stringify(input)).toBe(false);
  });

  test('refuses a value of another kind in each field', () => {
    for (const field of Object.keys(least)) {
      const values = [
        null,
        1,
        true,
        {},
        [],
        ['x'],
        '',
        'x'.repeat(2 ** 20 + 1),
        ...(KEPT_AS_HASH.has(field) ? [] : ['\u0000']),
      ];
      for (const value of values) {
        expect(takes({ ...least, [field]: value }), `${field}: ${JSON.stringify(value).slice(0, 20)}`).toBe(false);
      }
    }
  });
});
