import type { MikroORM } from '@mikro-orm/postgresql';
import { withPatience } from '../db/patience.ts';
import { refusesWrites } from '../db/pool.ts';
import { statement } from '../db/statement.ts';
import { poolOf } from './database.ts';

/** Less than the 2 s after which the answer must be there: a statement may take a moment to be called off. */
const PATIENCE_MS = 1_600;

/** On a standby every transaction is read-only, as where the server, the database or the account says so. */
const selectReadOnly = statement<{ read_only: boolean }>(
  'readiness',
  `select current_setting('transaction_read_only') = 'on' as read_only`,
);

/** What the desk may lack: the database, or that it takes writes (it is read-only, or its disk is full). */
export type Missing = 'stopping' | 'database' | 'database_writable';

/** Whether the desk can serve, and what is missing when it cannot. */
export class Readiness {
  readonly #orm: MikroORM;
  #stopping = false;

  constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  /** From now on the desk says that it is not ready, so that no new work is sent to it. */
  stop(): void {
    this.#stopping = true;
  }

  async missing(): Promise<Missing[]> {
    if (this.#stopping) return ['stopping'];
    const read = await withPatience(PATIENCE_MS, () => selectReadOnly(this.#orm.em.fork(), [])).catch(() => null);
    if (!read) return ['database'];
    return read[0]?.read_only || refusesWrites(await poolOf(this.#orm)) ? ['database_writable'] : [];
  }
}
