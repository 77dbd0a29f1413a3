import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../db/free-port.ts';
import { accessTokens } from '../server/identity/access-token.ts';
import { addFamily } from '../server/testing/people.ts';

export const PROJECT = join(import.meta.dirname, '..');
/** Signs tokens and cookies of the servers under load. */
export const SECRET = 'a secret of the bench, used nowhere else';

const LIMIT = { points: 1_000_000_000, duration: 60 };
/** Limits stay on, too high to be met. */
export const RATE_LIMITS = JSON.stringify({ global: LIMIT, role: LIMIT, user: LIMIT, incident_write: LIMIT });

export type Running = { child: ChildProcess; pid: number; port: number };

const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts Node with `parameters` on a free port and waits until `path` answers 200.
 * @throws Error when it ends before, or takes over 60 s
 */
export async function run(parameters: string[], variables: Record<string, string>, path: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, parameters, {
    cwd: PROJECT,
    // The log is written, as in production, but to nowhere.
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), METRICS_PORT: '0', ...variables },
  });
  children.push(child);
  for (const deadline = performance.now() + 60_000; performance.now() < deadline && child.exitCode === null; ) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
    if (answer?.status === 200) return { child, pid: child.pid ?? 0, port };
    await sleep(10);
  }
  throw new Error(`node ${parameters.join(' ')} did not start`);
}

/** An access token of somebody who has just signed in. */
export async function tokenOf(databaseUrl: string, userId: string): Promise<string> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const familyId = await addFamily((text, parameters) => database.query(text, parameters), userId);
    return await accessTokens(SECRET).issue({ userId, familyId }, new Date());
  } finally {
    await database.end();
  }
}

export async function stop({ child }: Running): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
