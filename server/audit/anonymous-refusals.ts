import type { MikroORM } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { logError } from '../telemetry/logger.ts';
import { AuditDraft, writeAuditEvent } from './audit.service.ts';

/** Refusals of people who are not signed in that leave an event each, per address and window. */
const KEPT = 10;
const WINDOW_MS = 60_000;
/** Addresses told apart in a window; those past it share one place, so that memory stays bounded. */
const ADDRESSES = 1_000;
const OTHERS = 'others';

/**
 * Bounds what callers without an account may write into the audit, which nobody can remove. Within the bound each
 * refusal leaves its event; above it an address leaves one event a window, which says how many there were.
 */
export class AnonymousRefusals {
  readonly #orm: MikroORM;
  #counts = new Map<string, number>();

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  /** Counts a refusal of this address; false when it shall leave no event of its own. */
  admits(address: string): boolean {
    const place = this.#counts.has(address) || this.#counts.size < ADDRESSES ? address : OTHERS;
    const count = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, count);
    return count <= KEPT;
  }

  /** Ends the window: keeps an event for each address that was over the bound. */
  async closeWindow(): Promise<void> {
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
    for (const count of counts) if (count > KEPT) await this.#tell(count - KEPT);
  }

  /** Ends a window each minute. Returns how to stop, which ends the last one. */
  start(): () => Promise<void> {
    const close = () =>
      this.closeWindow().catch((error: unknown) => logError(error, 'Refusals could not be summed up in the audit'));
    const timer = setInterval(close, WINDOW_MS).unref();
    return () => {
      clearInterval(timer);
      return close();
    };
  }

  async #tell(refused: number): Promise<void> {
    const draft = new AuditDraft('access_denied', 'session', null);
    draft.details = { refused };
    await writeAuditEvent(this.#orm.em.fork(), draft, { requestId: uuidv7(), actor: null, now: new Date() }, 'denied');
  }
}
