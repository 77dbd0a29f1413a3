import { readdirSync, readFileSync } from 'node:fs';
import { processIdentity } from '../../db/process-lock.ts';

/** A process and all below it, as identities that a later process with the same pid does not have. */
export function childrenOf(pid: number): string[] {
  const parents = new Map(processes().map((one) => [one, parentOf(one)]));
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found.flatMap((one) => processIdentity(one) ?? []);
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isSafeInteger);
}

/** proc(5): the parent is field 4, counted from the end of the name, which stands in brackets. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
