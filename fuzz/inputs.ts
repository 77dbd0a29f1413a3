import * as fc from 'fast-check';
import type { PageRoute } from '../server/page-routes.ts';
import { type Input, numbered, ROLES } from './input.ts';
import { pageInput } from './page.ts';
import { damage, rawInput } from './raw.ts';
import { restInput } from './rest.ts';
import { trpcInput } from './trpc.ts';

/** What gives the input of a place in the row of a seed: the same for the same tree, whatever came before it. */
export function inputs(pages: readonly PageRoute[]): (seed: number, index: number) => Input {
  const who = fc.constantFrom(...ROLES, 'support' as const, 'ops' as const);
  const asked = fc.oneof(
    { arbitrary: restInput(), weight: 5 },
    { arbitrary: trpcInput(), weight: 4 },
    { arbitrary: pageInput(pages), weight: 6 },
    { arbitrary: rawInput(), weight: 2 },
  );
  const harmed = fc.oneof({ arbitrary: fc.constant([]), weight: 12 }, { arbitrary: damage(), weight: 1 });
  const input = fc
    .tuple(asked, who, harmed)
    .map(([sent, as, harm]): Input => ({ ...sent, who: sent.kind === 'raw' ? 'nobody' : as, damage: harm }));
  return (seed, index) => {
    const [first] = fc.sample(input, { seed: mixed(seed, index), numRuns: 1 });
    if (!first) throw new Error('fast-check made nothing');
    return numbered(first, index);
  };
}

/** Neighbours in the row have nothing in common. */
function mixed(seed: number, index: number): number {
  return Math.imul(Math.imul(seed, 0x9e3779b1) ^ index, 0x85ebca6b) | 0;
}
