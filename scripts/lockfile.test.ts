import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Package = { version?: string; integrity?: string; resolved?: string; link?: boolean; inBundle?: boolean };

const lockfile: { packages: Record<string, Package> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'),
);
const installed = Object.entries(lockfile.packages).filter(([place, entry]) => place !== '' && !entry.link);

test('npm ci can notice any package that changed: each entry of the lock file has its SHA-512', () => {
  expect(installed.length).toBeGreaterThan(500);
  const without = installed.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
  expect(without.map(([place]) => place)).toEqual([]);
});

test('every package comes from the registry that npm is set to, by its exact version', () => {
  const elsewhere = installed.filter(
    ([, { resolved, version }]) => resolved !== undefined || !/^\d/.test(version ?? ''),
  );
  expect(elsewhere.map(([place]) => place)).toEqual([]);
});
