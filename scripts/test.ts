import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './programs.ts';
import { provision } from './provision.ts';

interface Count {
  passed: number;
  failed: number;
}

/** The JSON report of Vitest, as far as it is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** The JSON report of Playwright, as far as it is read here. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

const reports = mkdtempSync(join(tmpdir(), 'guichet-reports-'));

/** A step without tests of its own counts only when it fails. */
function step(name: string, program: string, parameters: string[], extra: Record<string, string> = {}): Count {
  console.log(`\n== ${name}`);
  return { passed: 0, failed: run(program, parameters, extra) ? 0 : 1 };
}

function unitTests(found: Record<string, string>): Count {
  const file = join(reports, 'vitest.json');
  const { failed } = step(
    'vitest',
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`],
    found,
  );
  return counted(failed, file, ({ numPassedTests, numFailedTests, testResults }: VitestReport) => {
    // A file that fails before its first test has none to count.
    const broken = testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0);
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  });
}

function journeys(found: Record<string, string>): Count {
  const file = join(reports, 'playwright.json');
  const variables = { ...found, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { failed } = step('playwright', 'playwright', ['test', '--reporter=list,json'], variables);
  return counted(failed, file, ({ stats }: PlaywrightReport) => {
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  });
}

/** A runner that failed without a failed test (it could not start, or ended early) counts as one. */
function counted<Report>(runnerFailed: number, file: string, read: (report: Report) => Count): Count {
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
    return { passed, failed: Math.max(failed, runnerFailed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function everything(): Count[] {
  let found: Record<string, string>;
  try {
    found = provision();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return [{ passed: 0, failed: 1 }];
  }
  const results = [
    step('format and lint', 'biome', ['check', '--error-on-warnings', '.']),
    step('types', 'tsc', []),
    step('dependency direction', 'node', ['scripts/check-dependencies.ts']),
  ];
  // The fuzz, the torture and the journeys are for what was built.
  const build = step('build', 'remix', ['vite:build', '--config', 'remix.config.js'], { NODE_ENV: 'production' });
  results.push(build, unitTests(found));
  if (build.failed === 0) {
    results.push(step('torture', 'node', ['scripts/torture/main.ts', '--rounds', '10'], found));
    results.push(journeys(found));
  }
  return results;
}

const results = everything();
rmSync(reports, { recursive: true, force: true });
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
