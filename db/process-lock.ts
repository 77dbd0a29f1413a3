import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tells one process from a later one with the same pid: `<pid> <start time>`, the latter as the system counts it.
 * Null when no such process runs; a zombie does not run.
 */
export function processIdentity(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  try {
    if (process.platform !== 'linux') {
      const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
      }).trim();
      return started === '' ? null : `${pid} ${started}`;
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name stands in brackets and may hold anything, so count fields from its end: state is 3, start time 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${pid} ${fields[19]}`;
  } catch {
    return null;
  }
}

/** The processes that `pid` has started and that run; empty where the system has no /proc. */
export function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((child) => {
      if (processIdentity(child) === null) return false;
      try {
        const stat = readFileSync(`/proc/${child}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** Whether the process that an identity was taken from still runs. */
export function isRunning(identity: string): boolean {
  return processIdentity(Number.parseInt(identity, 10)) === identity;
}

/**
 * Runs `work` while this process alone holds the lock `file`. A lock whose process died is taken over.
 * Not reentrant within a process. Throws when the lock is not free after `timeoutMs`.
 */
export async function withProcessLock<T>(file: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (!claim(file)) {
    const holder = read(file);
    if (holder !== null && !isRunning(holder)) releaseStale(file);
    if (Date.now() > deadline) throw new Error(`${file} is held by process ${holder} for more than ${timeoutMs} ms`);
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

// A hard link appears with its content and fails when the name is taken: no moment of an empty lock file.
function claim(file: string): boolean {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, processIdentity(process.pid) ?? String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

// Two who see the same dead holder must not both remove the file: the second would remove the first one's new lock.
function releaseStale(file: string): void {
  const takeover = `${file}.takeover`;
  if (!claim(takeover)) {
    const age = Date.now() - (statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 5_000) rmSync(takeover, { force: true });
    return;
  }
  const holder = read(file);
  if (holder !== null && !isRunning(holder)) rmSync(file, { force: true });
  rmSync(takeover, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
