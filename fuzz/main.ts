import { parseArgs } from 'node:util';
import { createDatabase, TEMPLATE_DATABASE } from '../server/testing/database.ts';
import { startPostgresServer } from '../server/testing/postgres-server.ts';
import { startRedisServer } from '../server/testing/redis-server.ts';
import { flood } from './flood.ts';
import { fuzz, type Place, type Told } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20000' },
    index: { type: 'string' },
    flood: { type: 'string' },
  },
});

const SHOWN = 4_000;
const shown = (bytes: Buffer) =>
  JSON.stringify(bytes.toString('latin1').slice(0, SHOWN)).replaceAll('\\r\\n', '\\r\\n\n  ');

const show: Told = (_index, sent, { bytes, ms }) => {
  console.log(`sent:\n  ${shown(sent)}\nreceived after ${Math.round(ms)} ms:\n  ${shown(bytes)}`);
};
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;

/** Returns how many faults there were. */
async function fuzzed(place: Place): Promise<number> {
  const { seed, count, index } = { seed: Number(values.seed), count: Number(values.count), index: values.index };
  const began = performance.now();
  const { sent, byStatus, findings, metricsBytes } = await (index === undefined
    ? fuzz(place, seed, 0, count)
    : fuzz(place, seed, Number(index), 1, show));
  for (const finding of findings) {
    console.log(finding.faults.join('\n'));
    if (finding.index !== null) console.log(`  npm run fuzz -- --seed ${seed} --index ${finding.index}`);
  }
  console.log(
    `answers  ${[...byStatus]
      .sort()
      .map(([status, times]) => `${status}: ${times}`)
      .join(', ')}`,
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  const tail = `${findings.length} faults, /metrics ${kilobytes(metricsBytes)}`;
  console.log(`seed ${seed}: ${sent} inputs in ${seconds} s, ${tail}`);
  return findings.length;
}

/** Returns how many faults there were. */
async function flooded(place: Place, count: number): Promise<number> {
  const began = performance.now();
  const { sent, before, half, after, faults } = await flood(place, count);
  for (const fault of faults) console.log(fault);
  for (const [when, { bytes, series, residentMb }] of Object.entries({ before, half, after })) {
    console.log(`${when.padEnd(6)}  /metrics ${kilobytes(bytes)}, ${series} series, RSS ${residentMb} MB`);
  }
  console.log(`${sent} requests in ${Math.round((performance.now() - began) / 1000)} s, ${faults.length} faults`);
  return faults.length;
}

await using started = new AsyncDisposableStack();
const redis = await startRedisServer();
started.defer(redis.stop);
const postgres = await startPostgresServer();
started.defer(postgres.stop);
const place = { databaseUrl: await createDatabase(postgres.url, 'fuzz', TEMPLATE_DATABASE), redisUrl: redis.url };
const faults = await (values.flood === undefined ? fuzzed(place) : flooded(place, Number(values.flood)));
process.exitCode = faults === 0 ? 0 : 1;
