const FIRST_MS = 250;
const LONGEST_MS = 4_000;
/** Attempts that wait at one time: those of one client address, so that one cannot take all places, and all. */
const PER_ADDRESS = 10;
const IN_ALL = 1_000;

/** How long the n-th attempt past the free ones waits, in ms: it doubles. */
export function delayOf(past: number): number {
  return past <= 0 ? 0 : Math.min(FIRST_MS * 2 ** (past - 1), LONGEST_MS);
}

/** The places of attempts that wait; what finds none is not made to wait. */
export class Delays {
  readonly #waiting = new Map<string, number>();
  #all = 0;

  /** Waits for `ms`. @returns false, at once, when too many wait already */
  async wait(address: string, ms: number): Promise<boolean> {
    const own = this.#waiting.get(address) ?? 0;
    if (own >= PER_ADDRESS || this.#all >= IN_ALL) return false;
    this.#waiting.set(address, own + 1);
    this.#all++;
    try {
      await new Promise((resolve) => setTimeout(resolve, ms));
    } finally {
      this.#all--;
      const left = (this.#waiting.get(address) ?? 1) - 1;
      if (left > 0) this.#waiting.set(address, left);
      else this.#waiting.delete(address);
    }
    return true;
  }
}
