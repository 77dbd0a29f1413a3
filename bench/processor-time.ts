import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

type Stat = { parent: number; own: number; reaped: number };

/** Reads /proc/<pid>/stat (proc(5)): processor time of the process, and of children that ended, in ms. */
function stat(pid: number | string): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [parent = 0] = fields.slice(1);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11);
    return { parent, own: (user + system) * TICK_MS, reaped: (childUser + childSystem) * TICK_MS };
  } catch {
    return null;
  }
}

/** Processor ms that a process has used so far. */
export function processTime(pid: number): number {
  return stat(pid)?.own ?? 0;
}

/** Processor ms that a process and all its children, also those that ended, have used so far. */
export function familyTime(pid: number): number {
  const self = stat(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => stat(name))
    .filter((child) => child?.parent === pid);
  return (self ? self.own + self.reaped : 0) + children.reduce((sum, child) => sum + (child?.own ?? 0), 0);
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1024);
}
