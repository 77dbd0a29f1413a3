import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environment, ROOT } from './programs.ts';

/** Written last by the build: what is older than it, is in it. */
const RESULT = 'build/server/index.js';
const SOURCES = ['app/**/*.*', 'server/**/*.{rules,schema}.ts', 'remix.config.js', 'package-lock.json'];

/** Builds the web app unless the last build is newer than everything it is made of. Throws with the build's output. */
export function buildIfStale(): void {
  const built = modified(RESULT);
  if (globSync(SOURCES, { cwd: ROOT }).every((file) => modified(file) <= built)) return;
  console.log('Building the web app...');
  const { status, stdout, stderr } = spawnSync('remix', ['vite:build', '--config', 'remix.config.js'], {
    cwd: ROOT,
    env: environment({ NODE_ENV: 'production' }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
}

function modified(file: string): number {
  return statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.main) buildIfStale();
