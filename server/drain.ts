import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long a desk that stops still answers, in ms, so that probes learn it from /readyz and not from a closed door. */
const NOTICE_MS = 1_000;
/** How long requests in flight may take to finish once a stop is asked for, in ms. */
const DRAIN_MS = 4_000;

const LOOK_MS = 50;

/**
 * Closes a server once it has answered for `notice` ms more and nothing is in flight, or `limit` ms have gone.
 * Connections that wait for their next request hold nothing up.
 */
export async function drain(server: Server, { notice = NOTICE_MS, limit = DRAIN_MS } = {}): Promise<void> {
  const impatient = performance.now() + limit;
  // From now on each answer ends its connection, so that the next request finds another desk.
  server.maxRequestsPerSocket = 1;
  await sleep(notice);
  server.closeIdleConnections();
  while ((await connectionsOf(server)) > 0 && performance.now() < impatient) {
    await sleep(LOOK_MS);
    server.closeIdleConnections();
  }
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function connectionsOf(server: Server): Promise<number> {
  return promisify(server.getConnections.bind(server))();
}
