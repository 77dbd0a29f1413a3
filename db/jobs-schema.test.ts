import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JOBS_REVISION } from './jobs-schema.ts';

test('the revision we wait for is the newest that the installed graphile-worker brings', () => {
  const files = readdirSync(join(import.meta.dirname, '../node_modules/graphile-worker/sql'));
  expect(Math.max(...files.map((file) => Number.parseInt(file, 10)))).toBe(JOBS_REVISION);
});
