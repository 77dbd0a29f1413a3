import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDependencies, faultOf, importsOf } from './check-dependencies.ts';

const faults = (file: string, source: string) => importsOf(file, source).map(faultOf);

describe('reads imports', () => {
  test('of every shape', () => {
    const source = [
      `import './root.css';`,
      `import pg from 'pg';`,
      `import { a, type B } from '../server/a.ts';`,
      `import type { C } from '../server/c.ts';`,
      `import {\n  d,\n} from '../server/d.rules.ts';`,
      `import * as e from './e.ts';`,
      `export { f } from './f.ts';`,
      `export * from './g.ts';`,
      `const h = await import('./h.ts');`,
      `type I = typeof import('./i.ts');`,
      `export const text = 'taken from elsewhere';`,
    ].join('\n');
    const found = importsOf('app/x.ts', source);
    expect(
      found.map((entry) => `${entry.line} ${entry.typeOnly ? 'type ' : ''}${entry.target ?? entry.specifier}`),
    ).toEqual([
      '1 app/root.css',
      '2 pg',
      '3 server/a.ts',
      '4 type server/c.ts',
      '5 server/d.rules.ts',
      '8 app/e.ts',
      '9 app/f.ts',
      '10 app/g.ts',
      '11 app/h.ts',
      '12 type app/i.ts',
    ]);
  });
});

test.each([
  ['app/a.tsx', `import { x } from '../server/incidents/incidents.rules.ts';`],
  ['app/a.tsx', `import type { AppRouter } from '../server/trpc/router.ts';`],
  ['app/a.tsx', `import { b } from './b';`],
  ['server/a.ts', `import { User } from '../db/entities/user.ts';`],
  ['server/a.rules.ts', `import { z } from 'zod';`],
  ['server/a.rules.ts', `import { b } from './b.schema.ts';`],
  ['db/a.ts', `import { b } from '../server/b.rules.ts';`],
  ['db/a.test.ts', `import { createTestDatabase } from '../server/testing/database.ts';`],
  ['e2e/a.spec.ts', `import { test } from './fixtures.ts';`],
  ['bench/a.ts', `import { migrate } from '../db/migrate.ts';`],
])('%s may: %s', (file, source) => {
  expect(faults(file, source)).toEqual([undefined]);
});

test.each([
  ['app/a.tsx', `import { x } from '../server/errors.ts';`, 'import type'],
  ['app/a.tsx', `import { type X } from '../server/errors.ts';`, 'import type'],
  ['app/a.tsx', `import type { User } from '../db/entities/user.ts';`, 'nothing of db/'],
  ['server/a.ts', `import { b } from '../app/b.ts';`, 'nothing of app/'],
  ['server/a.ts', `import { b } from './b';`, 'extension'],
  ['server/a.ts', `import { b } from '../bench/b.ts';`, 'nothing imports bench/'],
  ['server/a.rules.ts', `import { b } from './b.ts';`, 'leaf'],
  ['server/a.schema.ts', `import type { b } from 'pg';`, 'leaf'],
  ['db/a.ts', `import { b } from '../server/b.ts';`, 'but leaves'],
  ['db/a.ts', `import type { b } from '../server/b.ts';`, 'but leaves'],
  ['server/a.test.ts', `import { b } from '../e2e/fixtures.ts';`, 'nothing imports e2e/'],
])('%s may not: %s', (file, source, fault) => {
  expect(faults(file, source)).toEqual([expect.stringContaining(fault)]);
});

test('the tree has no fault', () => {
  expect(checkDependencies(join(import.meta.dirname, '..'))).toEqual([]);
});
