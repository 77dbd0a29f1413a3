import { parseArgs } from 'node:util';
import { buildIfStale } from '../build.ts';
import { provision } from '../provision.ts';
import { torture } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run torture -- [--rounds N] [--seed S]');
  process.exit(2);
}

try {
  Object.assign(process.env, provision());
  buildIfStale();
  const faults = await torture({ rounds, seed });
  process.exit(faults === 0 ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}
