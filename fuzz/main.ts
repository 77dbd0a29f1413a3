import { parseArgs } from 'node:util';
import { createDatabase, TEMPLATE_DATABASE } from '../server/testing/database.ts';
import { startPostgresServer } from '../server/testing/postgres-server.ts';
import { startRedisServer } from '../server/testing/redis-server.ts';
import { fuzz, type Told } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20000' },
    index: { type: 'string' },
  },
});
const seed = Number(values.seed);
const only = values.index === undefined ? undefined : Number(values.index);

const SHOWN = 4_000;
const shown = (bytes: Buffer) =>
  JSON.stringify(bytes.toString('latin1').slice(0, SHOWN)).replaceAll('\\r\\n', '\\r\\n\n  ');

const show: Told = (_index, sent, { bytes, ms }) => {
  console.log(`sent:\n  ${shown(sent)}\nreceived after ${Math.round(ms)} ms:\n  ${shown(bytes)}`);
};

await using started = new AsyncDisposableStack();
const redis = await startRedisServer();
started.defer(redis.stop);
const postgres = await startPostgresServer();
started.defer(postgres.stop);
const databaseUrl = await createDatabase(postgres.url, 'fuzz', TEMPLATE_DATABASE);
const began = performance.now();
const { sent, byStatus, findings, metricsBytes } = await fuzz(
  { databaseUrl, redisUrl: redis.url },
  seed,
  only ?? 0,
  only === undefined ? Number(values.count) : 1,
  only === undefined ? undefined : show,
);
for (const { index, faults } of findings) {
  console.log(`${faults.join('\n')}${index === null ? '' : `\n  npm run fuzz -- --seed ${seed} --index ${index}`}`);
}
const statuses = [...byStatus].sort().map(([status, times]) => `${status}: ${times}`);
console.log(`answers  ${statuses.join(', ')}`);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  `seed ${seed}: ${sent} inputs in ${seconds} s, ${findings.length} faults, /metrics ${Math.round(metricsBytes / 1000)} kB`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
