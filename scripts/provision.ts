import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Program {
  /** The variable that names its place, which the tests read too. */
  variable: 'REDIS_SERVER_PATH' | 'CHROMIUM_PATH';
  names: string[];
  places: string[];
  debianPackage: string;
}

const PROGRAMS: Program[] = [
  {
    variable: 'REDIS_SERVER_PATH',
    names: ['redis-server', 'valkey-server'],
    places: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'],
    debianPackage: 'redis-server',
  },
  {
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/homebrew/bin'],
    debianPackage: 'chromium',
  },
];

/**
 * Finds redis-server and Chromium, installing with apt what is missing where that needs no question asked.
 * Returns the variables that tell the tests where they are. Throws one line that names what is still missing.
 */
export function provision(): Record<string, string> {
  const missing = PROGRAMS.filter((program) => find(program) === undefined);
  if (missing.length > 0) installWithApt(missing.map((program) => program.debianPackage));
  const lacking = PROGRAMS.filter((program) => find(program) === undefined);
  if (lacking.length > 0) {
    const packages = lacking.map((program) => program.debianPackage).join(' ');
    const variables = lacking.map((program) => program.variable).join(' and ');
    throw new Error(`The tests need ${packages}: install with "apt-get install ${packages}", or set ${variables}.`);
  }
  return Object.fromEntries(PROGRAMS.map((program) => [program.variable, find(program) ?? '']));
}

function find({ variable, names, places }: Program): string | undefined {
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
    const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (status !== 0) console.error(`apt-get ${parameters.join(' ')} failed:\n${stdout}${stderr}`);
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}
