import pg from 'pg';
import { logError } from '../telemetry/logger.ts';

/** One for the queue, one to hold a job's lock; an export opens two of its own. */
const CONNECTIONS = 2;

/** Connections of the background work, apart from those that requests wait for. */
export function openJobPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    application_name: 'guichet jobs',
  });
  const note = (error: Error) => logError(error, 'A connection of the background work was lost');
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
