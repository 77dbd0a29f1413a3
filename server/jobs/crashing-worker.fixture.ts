import { writeSync } from 'node:fs';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { openOrm } from '../database.ts';
import { ActorDirectory } from '../identity/actors.ts';
import { sealKeyOf } from '../privacy/canonical-json.ts';
import type { JobMark } from './job.ts';
import { openJobPool } from './pool.ts';
import { jobRunner } from './runner.ts';

// A worker that dies, as by kill -9, at the mark it is told: node crashing-worker.fixture.ts <database url> <mark>
const [url = '', fatal] = process.argv.slice(2);
const orm = await openOrm(url, 4);
const sealKey = sealKeyOf('a secret of tests, long enough to seal');
const desk = {
  orm,
  actors: new ActorDirectory(orm),
  calendar: legalCalendar(),
  sealKey,
  pool: openJobPool(url),
  databaseUrl: url,
};
const runDue = jobRunner(desk, new AbortController().signal, (mark: JobMark) => {
  if (mark !== fatal) return;
  writeSync(1, `died at ${mark}\n`);
  process.kill(process.pid, 'SIGKILL');
});
await runDue();
process.exit(0);
