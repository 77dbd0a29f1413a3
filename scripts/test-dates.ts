import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { ROOT, run } from './programs.ts';
import { FAKETIME, PROGRAMS, provision } from './provision.ts';

/** Moments at which a day, a month or an hour is not as long as one thinks, a minute before they come. */
const MOMENTS: Record<string, string> = {
  'clocks-forward': '2026-03-29T00:59:00Z',
  'clocks-back': '2026-10-25T00:59:00Z',
  'year-end': '2026-12-31T22:59:00Z',
  'leap-day': '2028-02-28T22:59:00Z',
};
const SPEAKS_OF_TIME = /new Date\(|Date\.now|\bnow\(\)|interval '|\b(due|deadline|overdue)/;

/** What the clock says beside us is also what PostgreSQL, which our processes start, says. */
function at(moment: string, found: Record<string, string>): Record<string, string> {
  const seconds = Math.round((Date.parse(moment) - Date.now()) / 1000);
  return {
    ...found,
    LD_PRELOAD: found.FAKETIME_LIBRARY ?? '',
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

/** The program, but with the machine's clock: redis-server waits for ever under libfaketime. */
function withRealClock(folder: string, name: string, program: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nunset LD_PRELOAD\nexec '${program}' "$@"\n`, { mode: 0o755 });
  return file;
}

function testsOfTime(pattern: string): string[] {
  const files = globSync(pattern, { cwd: ROOT, exclude: (name) => ['node_modules', 'build'].includes(name) });
  return files
    .filter((file) => file.includes(part) && SPEAKS_OF_TIME.test(readFileSync(join(ROOT, file), 'utf8')))
    .sort();
}

const [asked = Object.keys(MOMENTS).join(','), runners = 'vitest,playwright', part = ''] = process.argv.slice(2);
const names = asked.split(',');
const unknown = names.filter((name) => MOMENTS[name] === undefined);
if (unknown.length > 0) throw new Error(`no such moment: ${unknown.join(', ')}; there are ${Object.keys(MOMENTS)}`);

const programs = provision([...PROGRAMS, FAKETIME]);
buildIfStale();
const folder = mkdtempSync(join(tmpdir(), 'guichet-dates-'));
const found = {
  ...programs,
  REDIS_SERVER_PATH: withRealClock(folder, 'redis-server', programs.REDIS_SERVER_PATH ?? ''),
  CHROMIUM_PATH: withRealClock(folder, 'chromium', programs.CHROMIUM_PATH ?? ''),
};
const failed: string[] = [];
for (const name of names) {
  const moment = MOMENTS[name] ?? '';
  console.log(`\n== ${name}: ${moment}`);
  const steps: Record<string, string[]> = {
    vitest: ['run', ...testsOfTime('**/*.test.ts')],
    playwright: ['test', ...testsOfTime('e2e/*.spec.ts')],
  };
  for (const runner of runners.split(',')) {
    if (!run(runner, steps[runner] ?? [], at(moment, found))) failed.push(`${name} (${runner})`);
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(failed.length === 0 ? '\nAll passed' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
