import { readSync, writeSync } from 'node:fs';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { openOrm } from '../database.ts';
import { ActorDirectory } from '../identity/actors.ts';
import { sealKeyOf } from '../privacy/canonical-json.ts';
import { startJobs } from './runner.ts';

// The background work of a desk, which stands still once at a mark until a line comes in:
// node working.fixture.ts <database url> <mark>
const [url = '', halt] = process.argv.slice(2);
const orm = await openOrm(url, 4);
const desk = {
  orm,
  actors: new ActorDirectory(orm),
  calendar: legalCalendar(),
  sealKey: sealKeyOf('a secret of tests, long enough to seal'),
};
let halted = false;
startJobs(desk, url, (mark) => {
  if (mark !== halt || halted) return;
  halted = true;
  writeSync(1, `at ${mark}\n`);
  readSync(0, Buffer.alloc(1));
});
