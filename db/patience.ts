import { AsyncLocalStorage } from 'node:async_hooks';

/** What an answer waits for in the database (a connection, a lock, a statement), bounded in all and not one by one. */
export class Patience {
  #left: number;
  #waits = 0;
  #since = 0;

  /** @param ms how long to wait in all, in ms */
  constructor(ms: number) {
    this.#left = ms;
  }

  /** The ms that are left; 0 or less when there is none. Waits at one time count once. */
  left(): number {
    return this.#waits === 0 ? this.#left : this.#left - (performance.now() - this.#since);
  }

  /** Counts the time until `work` settles. */
  async during<T>(work: Promise<T>): Promise<T> {
    if (this.#waits++ === 0) this.#since = performance.now();
    try {
      return await work;
    } finally {
      if (--this.#waits === 0) this.#left -= performance.now() - this.#since;
    }
  }
}

/** The database did not answer in time; what was asked of it is called off. */
export class OutOfPatience extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database did not answer in time');
    this.name = 'OutOfPatience';
  }
}

const storage = new AsyncLocalStorage<Patience>();

/** Runs `work`, which waits `ms` for the database in all. What runs outside of it (background work) waits as it must. */
export function withPatience<T>(ms: number, work: () => T): T {
  return storage.run(new Patience(ms), work);
}

export function currentPatience(): Patience | undefined {
  return storage.getStore();
}
