import type { MikroORM } from '@mikro-orm/postgresql';

const PATIENCE_MS = 2_000;

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

  async missing(): Promise<string[]> {
    if (this.#stopping) return ['stopping'];
    const answered = this.#orm.isConnected().catch(() => false);
    const patience = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
    return (await Promise.race([answered, patience])) ? [] : ['database'];
  }
}
