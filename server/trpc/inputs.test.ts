import { expect, test } from 'vitest';
import type { z } from 'zod';
import { appRouter } from './router.ts';

type Procedure = { _def: { inputs: z.ZodType[] } };

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

test.each(procedures)('%s is called without an input when no field of it is required', (_name, { _def }) => {
  for (const input of _def.inputs) expect(input.safeParse(undefined).success).toBe(input.safeParse({}).success);
});
