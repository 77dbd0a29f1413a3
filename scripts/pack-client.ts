import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './programs.ts';

const TYPES = ['index.d.ts', 'calls.d.ts', 'contract.d.ts', 'router.d.ts'];

/** Writes `guichet-client-<version>.tgz` into the folder `destination`. */
function packClient(destination: string): void {
  const work = mkdtempSync(join(tmpdir(), 'guichet-client-'));
  try {
    const compiled = join(work, 'compiled');
    step('tsc', ['--project', 'client', '--outDir', compiled]);
    step('npm', [
      'pack',
      packageFrom(join(compiled, 'client'), join(work, 'package')),
      '--pack-destination',
      destination,
    ]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function packageFrom(compiled: string, folder: string): string {
  mkdirSync(folder);
  cpSync(join(compiled, 'index.js'), join(folder, 'index.js'));
  for (const file of TYPES) {
    const types = readFileSync(join(compiled, file), 'utf8').replaceAll(/(from '\.\/\w+)\.ts'/g, "$1.js'");
    if (file === 'contract.d.ts') assertWrittenOut(types);
    writeFileSync(join(folder, file), types);
  }
  cpSync(join(ROOT, 'client/README.md'), join(folder, 'README.md'));
  if (existsSync(join(ROOT, 'LICENSE'))) cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  const { version, dependencies } = manifest('package.json');
  const needed = ['@trpc/client', '@trpc/server'].map((name) => [name, `^${dependencies[name]}`]);
  const packed = { ...manifest('client/package.json'), version, dependencies: Object.fromEntries(needed) };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  return folder;
}

/** The compiler names what it can name and gives up on what is too deep; neither means anything without the server. */
function assertWrittenOut(types: string): void {
  const left = /^.*(?:\bimport\b|\bany\b).*$/m.exec(types)?.[0];
  if (left) throw new Error(`client/contract.ts is not written out in full: ${left.trim()}`);
}

function manifest(path: string) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function step(program: string, parameters: string[]): void {
  if (!run(program, parameters)) throw new Error(`${program} failed`);
}

packClient(process.argv[2] ?? ROOT);
