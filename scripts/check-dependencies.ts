import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import or re-export of a source file; paths are relative to the root of the repository. */
export interface Import {
  file: string;
  line: number;
  /** As written. */
  specifier: string;
  /** The file meant, when it is one of ours. */
  target: string | undefined;
  typeOnly: boolean;
}

const NAMES = String.raw`(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?`;
const STATIC = new RegExp(String.raw`^(?:import|export)\s+(type\s+)?(?:${NAMES}\s*from\s+)?['"]([^'"]+)['"]`, 'gm');
const DYNAMIC = /(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g;

/** Reads the imports of a source text. Biome keeps them in the one shape that these patterns know. */
export function importsOf(file: string, source: string): Import[] {
  return [STATIC, DYNAMIC].flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => {
      const specifier = match[2] ?? '';
      return {
        file,
        line: source.slice(0, match.index).split('\n').length,
        specifier,
        target: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined,
        typeOnly: match[1] !== undefined,
      };
    }),
  );
}

const isLeaf = (path: string) => /\.(rules|schema)\.ts$/.test(path);
const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path) || path.startsWith('server/testing/');
const layer = (path: string) => path.split('/')[0] ?? '';

/** What is wrong with an import, in words; undefined when the direction app -> server -> db holds. */
export function faultOf({ file, specifier, target, typeOnly }: Import): string | undefined {
  const from = layer(file);
  if (isLeaf(file) && !isTest(file)) {
    const allowed = target === undefined ? specifier === 'zod' : isLeaf(target);
    return allowed ? undefined : 'a leaf (*.rules.ts, *.schema.ts) imports only zod and other leaves';
  }
  if (target === undefined) return undefined;
  const to = layer(target);
  if (['server', 'db', 'client', 'scripts', 'bench', 'fuzz'].includes(from) && !/\.(ts|js|json)$/.test(specifier)) {
    return 'Node runs this file as it is: name the imported file with its extension';
  }
  if (['client', 'e2e', 'bench', 'fuzz', 'scripts'].includes(to) && from !== to) return `nothing imports ${to}/`;
  if (isTest(file) || from === to) return undefined;
  if (from === 'client' && !typeOnly) return 'client/ takes types only: it is installed without the rest';
  if (isLeaf(target)) return undefined;
  if (from === 'db' && (to === 'server' || to === 'app')) return `db/ imports nothing of ${to}/ but leaves`;
  if (from === 'server' && to === 'app') return 'server/ imports nothing of app/';
  if (from === 'app' && to === 'server' && !typeOnly) return 'app/ takes values from leaves only: use import type';
  if (from === 'app' && to === 'db') return 'app/ imports nothing of db/';
  return undefined;
}

/** Every fault of the tree below `root`, a line each. */
export function checkDependencies(root: string): string[] {
  const files = globSync('{app,server,db,client,e2e,bench,fuzz,scripts}/**/*.{ts,tsx,js}', { cwd: root }).sort();
  return files.flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((entry) => {
      const fault = faultOf(entry);
      return fault === undefined ? [] : [`${file}:${entry.line} imports ${entry.specifier}: ${fault}`];
    }),
  );
}

if (import.meta.main) {
  const faults = checkDependencies(join(import.meta.dirname, '..'));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
