import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, parse, relative, sep } from 'node:path';

/** Where root keeps a copy of programs that another account cannot reach in their place. */
const PROGRAM_CACHE = '/var/cache/guichet';

/** The account that PostgreSQL runs as; undefined: our own. PostgreSQL refuses to run as root. */
export type RunAs = { uid: number; gid: number } | undefined;

/** Decides it by who owns the database folder, or would. Throws where the folder belongs to another account. */
export function runAs(database: string): RunAs {
  const existing = statSync(database, { throwIfNoEntry: false });
  const self = process.getuid?.();
  if (self !== 0) {
    if (existing !== undefined && self !== undefined && existing.uid !== self) {
      throw new Error(`${database} belongs to another account (uid ${existing.uid}): run as that one, or as root`);
    }
    return undefined;
  }
  if (existing !== undefined && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const account = postgresAccount();
  if (existing !== undefined) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, database]);
  return account;
}

function postgresAccount(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(
      execFileSync('id', [flag, 'postgres'], {
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    );
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** The first folder on the way to `path` that the account may not enter. */
function closedFolder(path: string, account: RunAs): string | undefined {
  if (account === undefined) return undefined;
  const { root } = parse(path);
  let folder = root;
  for (const name of ['', ...relative(root, path).split(sep)]) {
    folder = join(folder, name);
    const { uid, gid, mode } = statSync(folder);
    const execute = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return folder;
  }
  return undefined;
}

/**
 * The folder of PostgreSQL's programs, libraries and shared files, or a copy of it where the account may not enter it:
 * PostgreSQL checks with access(2), which knows no capabilities, that it may run its own program.
 */
export function reachableInstallation(folder: string, version: string, account: RunAs): string {
  if (closedFolder(folder, account) === undefined) return folder;
  const copy = join(PROGRAM_CACHE, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(PROGRAM_CACHE, { recursive: true, mode: 0o755 });
  cpSync(folder, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/**
 * How to run a program of PostgreSQL as the account. With its data below a folder that is closed to it, such as /root,
 * it keeps one capability of root's: to enter folders. Throws, naming the folder, where the system does not give that.
 */
export function command(
  program: string,
  parameters: string[],
  dataDir: string,
  account: RunAs,
): { program: string; parameters: string[]; account: RunAs } {
  const closed = closedFolder(dataDir, account);
  if (closed === undefined || account === undefined) return { program, parameters, account };
  const capability = enteringCapability();
  if (capability === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and its account (uid ${account.uid}) may not enter ${closed}: ` +
        `run "chmod o+x ${closed}", or set DATA_DIR to a folder elsewhere, or run as another user`,
    );
  }
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const capabilities = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  return { program: 'setpriv', parameters: [...identity, ...capabilities, program, ...parameters], account: undefined };
}

// capabilities(7): bit 2 of the effective set lets a process read and enter everything, bit 1 also write.
function enteringCapability(): 'dac_read_search' | 'dac_override' | undefined {
  if (process.platform !== 'linux' || spawnSync('setpriv', ['--version']).status !== 0) return undefined;
  const effective = /^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  const bits = Number(BigInt(`0x${effective}`) & 0b110n);
  return bits & 0b100 ? 'dac_read_search' : bits & 0b010 ? 'dac_override' : undefined;
}
