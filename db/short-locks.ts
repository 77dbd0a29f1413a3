import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** How long a migration waits for a lock, in ms: whoever comes after it in the line waits as long. */
const LOCK_TIMEOUT_MS = 500;
/** How long a migration is tried again, in ms. */
const PATIENCE_MS = 10 * 60_000;
/** The longest pause meanwhile, in ms, in which the line moves on. */
const PAUSE_MS = 2_000;
/** SQLSTATE: no lock in time, or a deadlock that PostgreSQL ended. */
const IN_THE_WAY = new Set(['55P03', '40P01']);

/** A connection whose transactions wait no longer for a lock than others may be kept waiting behind them. */
export class ShortLockClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...parameters: unknown[]) => unknown;
    // Not a setting of the session, which a pooler would hand on to somebody else.
    const begin = `begin; set local lock_timeout = ${LOCK_TIMEOUT_MS}`;
    this.query = ((text: unknown, ...rest: unknown[]) => send(text === 'begin' ? begin : text, ...rest)) as never;
  }
}

/** Tries `step` again while others hold what it needs, for `patience` ms (10 min). */
export async function whileInTheWay<T>(step: () => Promise<T>, patience = PATIENCE_MS): Promise<T> {
  const end = performance.now() + patience;
  for (let pause = 50; ; pause = Math.min(pause * 2, PAUSE_MS)) {
    try {
      return await step();
    } catch (error) {
      if (!IN_THE_WAY.has((error as { code?: string }).code ?? '') || performance.now() > end) throw error;
      await sleep(pause);
    }
  }
}
