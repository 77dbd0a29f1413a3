import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { SERVER_COMMAND } from '../server/command.ts';
import { load, type Slice } from './load.ts';
import { familyTime, processTime, residentMb } from './processor-time.ts';
import { PROJECT, RATE_LIMITS, type Running, run, SECRET, stop, tokenOf } from './running.ts';
import { type Scenario, scenarios } from './scenarios.ts';

const ROUNDS = 3;

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000,1000000' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '8' },
    only: { type: 'string' },
    data: { type: 'string', default: join(PROJECT, '.data', 'bench') },
  },
});
const shape = { connections: Number(values.connections), seconds: Number(values.seconds) };

async function seed(users: number, dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, 'seeded'))) return;
  mkdirSync(dataDir, { recursive: true });
  const child = spawn(process.execPath, ['db/seed/main.ts', '--users', String(users)], {
    cwd: PROJECT,
    stdio: 'inherit',
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0 && code !== 1) throw new Error('The data could not be loaded');
}

type Cost = { slices: Slice[]; server: number; database: number };
type Measured = { name: string; product: Cost; floor: Cost };

const operations = (cost: Cost) => cost.slices.reduce((sum, slice) => sum + slice.operations, 0);
const seconds = (cost: Cost) => cost.slices.reduce((sum, slice) => sum + slice.seconds, 0);
const perOperation = (cost: Cost) => (cost.server + cost.database) / operations(cost);

function percentile(cost: Cost, share: number): number {
  const all = cost.slices.flatMap((slice) => slice.latencies).sort((a, b) => a - b);
  return all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
}

async function measure(
  scenario: Scenario,
  product: Running,
  floor: Running,
  postmaster: number,
  token: string,
): Promise<Measured> {
  const costs: Record<'product' | 'floor', Cost> = {
    product: { slices: [], server: 0, database: 0 },
    floor: { slices: [], server: 0, database: 0 },
  };
  for (let round = -1; round < ROUNDS; round++) {
    for (const [side, running] of [
      ['product', product],
      ['floor', floor],
    ] as const) {
      const headers: Record<string, string> = side === 'product' ? { authorization: `Bearer ${token}` } : {};
      const before = { server: processTime(running.pid), database: familyTime(postmaster) };
      // The round before the first warms up: plans, caches, compiled code.
      const slice = await load(running.port, headers, scenario[side], round < 0 ? { ...shape, seconds: 2 } : shape);
      if (round < 0) continue;
      costs[side].slices.push(slice);
      costs[side].server += processTime(running.pid) - before.server;
      costs[side].database += familyTime(postmaster) - before.database;
    }
  }
  return { name: scenario.name, ...costs };
}

function row(name: string, side: string, cost: Cost): string {
  const n = operations(cost);
  const cells = [
    (n / seconds(cost)).toFixed(0),
    percentile(cost, 0.5).toFixed(2),
    percentile(cost, 0.99).toFixed(2),
    (cost.server / n).toFixed(3),
    (cost.database / n).toFixed(3),
    perOperation(cost).toFixed(3),
  ];
  return `| ${name} | ${side} | ${cells.join(' | ')} |`;
}

async function coldStart(dataDir: string): Promise<number> {
  const begin = performance.now();
  const running = await run(SERVER_COMMAND, demoLike(dataDir), '/readyz');
  const taken = performance.now() - begin;
  await stop(running);
  return taken;
}

/** The built app on the embedded database, as `npm run demo` serves it. */
function demoLike(dataDir: string): Record<string, string> {
  return {
    NODE_ENV: 'development',
    GUICHET_DEMO: '1',
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    METRICS_PORT: '0',
    RATE_LIMITS,
  };
}

async function bench(users: number): Promise<Measured[]> {
  const dataDir = resolve(values.data, String(users));
  await seed(users, dataDir);
  console.log(`\n## ${users.toLocaleString('en')} users\n`);
  console.log(`Cold start on the existing embedded database to ready: ${(await coldStart(dataDir)).toFixed(0)} ms\n`);
  const database = await startEmbeddedPostgres(dataDir);
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const { agent, list } = await scenarios(database.url);
  const common = { DATABASE_URL: database.url, DATABASE_POOL_MAX: '10', BENCH_ACTOR: agent };
  const product = await run(
    SERVER_COMMAND,
    { ...common, JWT_SECRET: SECRET, SESSION_SECRET: SECRET, RATE_LIMITS },
    '/readyz',
  );
  const floor = await run(['bench/floor.ts'], common, '/list');
  console.log('| operation | | req/s | p50 ms | p99 ms | server CPU ms | PostgreSQL CPU ms | CPU ms/op |');
  console.log('|---|---|---|---|---|---|---|---|');
  const measured: Measured[] = [];
  let resident = 0;
  for (const scenario of list.filter(({ name }) => !values.only || name.includes(values.only))) {
    const token = await tokenOf(database.url, agent);
    const result = await measure(scenario, product, floor, postmaster, token);
    measured.push(result);
    resident = Math.max(resident, residentMb(product.pid));
    console.log(row(result.name, 'Guichet', result.product));
    console.log(row('', 'floor', result.floor));
    console.log(
      `| | ratio | | | | | | **${(perOperation(result.product) / perOperation(result.floor)).toFixed(2)}** |`,
    );
  }
  console.log(`\nResident memory of the server under this load: ${resident} MB`);
  await Promise.all([stop(product), stop(floor)]);
  await database.stop();
  return measured;
}

const sizes = values.users.split(',').map(Number);
const results: Measured[][] = [];
for (const users of sizes) results.push(await bench(users));
const [small, large] = results;
if (small && large) {
  console.log(`\n## ${sizes[1]?.toLocaleString('en')} users against ${sizes[0]?.toLocaleString('en')}\n`);
  for (const [index, { name, product }] of large.entries()) {
    const before = small[index];
    if (before) console.log(`- ${name}: ${(perOperation(product) / perOperation(before.product)).toFixed(2)} x`);
  }
}
process.exit(0);
