import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning, processIdentity, withProcessLock } from './process-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function deadIdentity(): Promise<string> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const identity = processIdentity(child.pid ?? 0) ?? '';
  expect(isRunning(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

test('one holder at a time, also after a failure', async () => {
  const file = join(folder, 'lock');
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    inside -= 1;
    throw new Error('failed');
  };
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => withProcessLock(file, 5_000, work)));
  expect(results.every((result) => result.status === 'rejected' && result.reason.message === 'failed')).toBe(true);
  expect(existsSync(file)).toBe(false);
});

test('the lock of a dead process is taken over, by one of those who wait', async () => {
  const file = join(folder, 'lock');
  writeFileSync(file, await deadIdentity());
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withProcessLock(file, 5_000, work)));
});

test('a pid that a later process has got is not the one that was meant', () => {
  expect(isRunning(`${process.pid} 1`)).toBe(false);
  expect(isRunning(processIdentity(process.pid) ?? '')).toBe(true);
  expect(processIdentity(0)).toBeNull();
});

test('says who holds the lock when it does not come free', async () => {
  const file = join(folder, 'lock');
  await withProcessLock(file, 1_000, async () => {
    await expect(withProcessLock(file, 50, async () => {})).rejects.toThrow(`held by process ${process.pid}`);
  });
});
