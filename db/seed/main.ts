import { argon2Sync, randomBytes } from 'node:crypto';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { isHolidayCalendar, isTimeZone, legalCalendar } from '../legal-calendar.ts';
import { migrate } from '../migrate.ts';
import { HasCustomersError, seedBulk } from './bulk.ts';
import { type BulkOptions, BulkOptionsError, parseBulkOptions } from './bulk-options.ts';

const USAGE = `Usage: npm run seed -- --users N [--incidents 2] [--audit-events 5] [--privacy-requests 0.02]
         [--as-of 2026-01-01T00:00:00Z] [--append] [--with-demo-sign-ins]
N customers, and for each so many incidents, audit events (at least the history of the rest) and privacy requests.
Fills DATABASE_URL, or else the embedded database under DATA_DIR. Deadlines are those of a desk in DESK_TIME_ZONE with
PUBLIC_HOLIDAYS.`;
const DEMO_PASSWORD = 'demo-password';

async function main(args: readonly string[]): Promise<void> {
  const options = parseBulkOptions(args);
  const external = process.env.DATABASE_URL;
  const embedded = external ? undefined : await startEmbeddedPostgres(process.env.DATA_DIR || '.data');
  try {
    await Promise.race([fill(external || (embedded?.url ?? ''), options), interruption()]);
  } finally {
    await embedded?.stop();
  }
}

async function fill(databaseUrl: string, options: BulkOptions): Promise<void> {
  const calendar = calendarOfSettings();
  await migrate(databaseUrl);
  const begin = performance.now();
  const passwordHash = options.withDemoSignIns ? demoPasswordHash() : null;
  const totals = await seedBulk(databaseUrl, { ...options, calendar }, passwordHash, (line) => console.error(line));
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const rows = Object.entries(totals).map(([table, count]) => `${table} ${count}`);
  console.log(`Loaded in ${seconds} s: ${rows.join(', ')}`);
}

function calendarOfSettings() {
  const zone = process.env.DESK_TIME_ZONE || undefined;
  const holidays = process.env.PUBLIC_HOLIDAYS || undefined;
  if (zone && !isTimeZone(zone)) throw new Error(`DESK_TIME_ZONE: ${zone} is no time zone`);
  if (holidays && !isHolidayCalendar(holidays)) throw new Error(`PUBLIC_HOLIDAYS: ${holidays} is no calendar`);
  return legalCalendar(zone, holidays);
}

/** What an interrupted load has done is undone by PostgreSQL; the embedded one must still be stopped in order. */
function interruption(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new Error(`Stopped by ${signal}; nothing was loaded.`)));
    }
  });
}

/** argon2id in PHC form, as sign-in reads it. */
function demoPasswordHash(): string {
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  const nonce = randomBytes(16);
  const tag = argon2Sync('argon2id', { message: DEMO_PASSWORD, nonce, ...cost });
  const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  if (error instanceof BulkOptionsError) console.error(`${error.message}\n\n${USAGE}`);
  else if (error instanceof HasCustomersError) console.error(error.message);
  else console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
