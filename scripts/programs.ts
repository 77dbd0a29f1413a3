import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The folder of the repository. */
export const ROOT = join(import.meta.dirname, '..');

/** Our environment, with the programs of our packages (the pinned Node among them) first on PATH. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}

/** Runs a program in the repository, its output shown as it comes. True when it ended well. */
export function run(program: string, parameters: string[], extra: Record<string, string> = {}): boolean {
  const { status, error } = spawnSync(program, parameters, { cwd: ROOT, env: environment(extra), stdio: 'inherit' });
  if (error) console.error(`${program}: ${error.message}`);
  return status === 0;
}
