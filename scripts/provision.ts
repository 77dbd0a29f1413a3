import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, globSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findMachinePostgres } from '../server/testing/machine-postgres.ts';

interface Program {
  /** What the tests need, in words. */
  name: string;
  /** The variable that names its place, which the tests read too. */
  variable: 'REDIS_SERVER_PATH' | 'CHROMIUM_PATH' | 'POSTGRES_BIN' | 'PGBOUNCER_PATH' | 'FAKETIME_LIBRARY';
  debianPackage: string;
  /** Its place, to be kept in the variable. */
  find(): string | undefined;
}

/** What `npm test` needs. */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'redis-server',
    variable: 'REDIS_SERVER_PATH',
    debianPackage: 'redis-server',
    find: () =>
      findFile('REDIS_SERVER_PATH', {
        names: ['redis-server', 'valkey-server'],
        places: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
      }),
  },
  {
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    debianPackage: 'chromium',
    find: () =>
      findFile('CHROMIUM_PATH', {
        names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
        places: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/homebrew/bin'],
      }),
  },
  {
    name: 'PostgreSQL 15 or later with pg_dump',
    variable: 'POSTGRES_BIN',
    debianPackage: 'postgresql',
    find: () => findMachinePostgres()?.folder,
  },
  {
    name: 'pgbouncer',
    variable: 'PGBOUNCER_PATH',
    debianPackage: 'pgbouncer',
    find: () =>
      findFile('PGBOUNCER_PATH', {
        names: ['pgbouncer'],
        places: ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
      }),
  },
];

/** What gives a process and those that it starts another clock. */
export const FAKETIME: Program = {
  name: 'libfaketime',
  variable: 'FAKETIME_LIBRARY',
  debianPackage: 'libfaketime',
  find: () => process.env.FAKETIME_LIBRARY || globSync('/usr/lib/*/faketime/libfaketime.so.1')[0],
};

/**
 * Finds the programs (by default all that `npm test` needs), installing with apt what is missing where that needs no
 * question asked. Returns the variables that tell the tests where they are. Throws one line that names what is still
 * missing.
 */
export function provision(programs = PROGRAMS): Record<string, string> {
  const missing = programs.filter((program) => program.find() === undefined);
  if (missing.length > 0) installWithApt(missing.map((program) => program.debianPackage));
  const lacking = programs.filter((program) => program.find() === undefined);
  if (lacking.length > 0) {
    const packages = lacking.map((program) => program.debianPackage).join(' ');
    const variables = lacking.map((program) => program.variable).join(' and ');
    const names = lacking.map((program) => program.name).join(' and ');
    throw new Error(`The tests need ${names}: install with "apt-get install ${packages}", or set ${variables}.`);
  }
  return Object.fromEntries(programs.map((program) => [program.variable, program.find() ?? '']));
}

function findFile(variable: string, { names, places }: { names: string[]; places: string[] }): string | undefined {
  const named = process.env[variable];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...places];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installWithApt(packages: string[]): void {
  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? [] : ['sudo', '-n'];
  const succeeds = (...command: string[]) => spawnSync(command[0] ?? '', command.slice(1)).status === 0;
  if (!succeeds('apt-get', '--version') || (!isRoot && !succeeds('sudo', '-n', 'true'))) return;
  console.log(`Installing ${packages.join(' and ')} with apt-get...`);
  const folder = mkdtempSync(join(tmpdir(), 'guichet-apt-'));
  const log = join(folder, 'log');
  const apt = (...parameters: string[]) => {
    // Without an answer at hand, a question of a package's setup would wait for ever.
    const [program = '', ...rest] = [
      ...asRoot,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      ...parameters,
    ];
    // Not a pipe: a server that a package starts would hold it open, and we would wait for the end of that server.
    const output = openSync(log, 'w');
    const { status } = spawnSync(program, rest, { stdio: ['ignore', output, output] });
    closeSync(output);
    if (status !== 0) console.error(`apt-get ${parameters.join(' ')} failed:\n${readFileSync(log, 'utf8')}`);
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
  rmSync(folder, { recursive: true, force: true });
}
