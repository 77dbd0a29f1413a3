import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The PostgreSQL that is installed on the machine: other than the embedded one, it has pg_dump. */
export interface MachinePostgres {
  folder: string;
  version: number;
  initdb: string;
  postgres: string;
  pgDump: string;
}

/** The oldest that Guichet runs on. */
const OLDEST = 15;

// Debian's /usr/bin/pg_dump is a wrapper without a server beside it: the programs themselves lie in a folder per version.
const PLACES = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/local/pgsql/bin',
  '/usr/local/bin',
  '/opt/homebrew/opt/postgresql*/bin',
  '/opt/homebrew/bin',
  '/usr/local/opt/postgresql*/bin',
];

/**
 * The newest PostgreSQL of the machine whose initdb, postgres and pg_dump lie beside each other, in the folder that
 * `POSTGRES_BIN` names or else where systems put them and on PATH. Undefined where none is 15 or later.
 */
export function findMachinePostgres(): MachinePostgres | undefined {
  const named = process.env.POSTGRES_BIN;
  const folders = named ? [named] : [...globSync(PLACES), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
  return folders
    .flatMap((folder) => installation(folder) ?? [])
    .toSorted((one, other) => other.version - one.version)
    .at(0);
}

/** As {@link findMachinePostgres}; throws one sentence that says what to install. */
export function machinePostgres(): MachinePostgres {
  const found = findMachinePostgres();
  if (found !== undefined) return found;
  throw new Error(
    `This test needs the initdb, postgres and pg_dump of a PostgreSQL ${OLDEST} or later: ` +
      'install it with "apt-get install postgresql", or set POSTGRES_BIN to their folder.',
  );
}

function installation(folder: string): MachinePostgres | undefined {
  const programs = {
    initdb: join(folder, 'initdb'),
    postgres: join(folder, 'postgres'),
    pgDump: join(folder, 'pg_dump'),
  };
  const [version, ...others] = Object.values(programs).map(majorVersion);
  if (version === undefined || version < OLDEST || others.some((other) => other !== version)) return undefined;
  return { folder, version, ...programs };
}

/** `pg_dump (PostgreSQL) 17.2 (Debian 17.2-1)` is 17; undefined where there is no such program. */
function majorVersion(program: string): number | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}
