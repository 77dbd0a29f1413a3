import { readFile } from 'node:fs/promises';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { openOrm, startDatabase } from '../database.ts';
import { parseEnv } from '../env.ts';
import type { JobDesk } from '../jobs/job.ts';
import { openJobPool } from '../jobs/pool.ts';
import { keptSecret } from '../secrets.ts';
import { setLogLevel } from '../telemetry/logger.ts';
import { sealKeyOf } from './canonical-json.ts';
import { addToFile, readErasures } from './erasures.file.ts';
import { listErasures, replayErasure, undoneErasures } from './erasures.ts';

const USAGE = `Usage: npm run erasures -- export FILE   adds everybody who was erased to the list in FILE
       npm run erasures -- replay FILE   erases again whom a restored database has alive`;

async function withDesk<T>(work: (desk: JobDesk) => Promise<T>): Promise<T> {
  const env = parseEnv({ ...process.env, NODE_ENV: 'development' });
  // The command tells itself what it did; an erasure that fails says why in its request.
  setLogLevel('silent');
  const database = await startDatabase(env);
  try {
    const orm = await openOrm(database.url, 4);
    const pool = openJobPool(database.url);
    const sealKey = sealKeyOf(env.SESSION_SECRET ?? (await keptSecret(env.DATA_DIR, 'session')));
    const calendar = legalCalendar(env.DESK_TIME_ZONE, env.PUBLIC_HOLIDAYS);
    // Its own process knows nobody: desks that run forget an actor within seconds.
    const actors = { forget: () => {} };
    try {
      return await work({ orm, pool, sealKey, calendar, actors, databaseUrl: database.url });
    } finally {
      await pool.end();
      await orm.close(true);
    }
  } finally {
    await database.stop();
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function exportTo(file: string): Promise<boolean> {
  return withDesk(async ({ orm, sealKey }) => {
    const found = await listErasures(orm.em.fork());
    const all = await addToFile(file, found, sealKey, new Date());
    say(`${found.length} people are erased in this database; ${file} names ${all}.`);
    return true;
  });
}

function replayFrom(file: string): Promise<boolean> {
  return withDesk(async (desk) => {
    const erasures = readErasures(await readFile(file, 'utf8'), desk.sealKey);
    const undone = await undoneErasures(desk.orm.em.fork(), erasures);
    say(`${erasures.length} erasures in the list, ${undone.length} of them undone in this database.`);
    let left = 0;
    for (const erasure of undone) {
      const { request, reason } = await replayErasure(desk, erasure);
      if (reason !== null) left++;
      say(
        `${erasure.user_id}: ${reason === null ? 'erased again' : `NOT erased: ${reason}`} (request ${request ?? 'none'})`,
      );
    }
    if (left > 0)
      say(`${left} are still there: do what is said, and retry their requests in the desk or run this again.`);
    return left === 0;
  });
}

const COMMANDS = new Map(Object.entries({ export: exportTo, replay: replayFrom }));

try {
  const [name = '', file, ...others] = process.argv.slice(2);
  const command = COMMANDS.get(name);
  if (!command || !file || others.length > 0) throw new Error(USAGE);
  if (!(await command(file))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
