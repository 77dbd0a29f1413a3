import { countRateLimitInsurance } from '../telemetry/metrics.ts';

/** Told once when Redis stops answering and limits go on in memory, and once when it answers again. */
export type OnInsurance = (state: 'used' | 'over', error?: unknown) => void;

const RETRY_AFTER_MS = 1000;

/** Whether limits are kept in memory for want of Redis; every such check is counted. */
export class Outage {
  readonly #tell: OnInsurance;
  #lasts = false;
  #retryAt = 0;

  constructor(tell: OnInsurance) {
    this.#tell = tell;
  }

  /** False for a second after a failure, so that a Redis that hangs does not hold every request. */
  get mayTry(): boolean {
    return !this.#lasts || performance.now() >= this.#retryAt;
  }

  /** @param error what Redis failed with; none while there is no connection, which ends by itself */
  used(error?: unknown): void {
    countRateLimitInsurance();
    if (error) this.#retryAt = performance.now() + RETRY_AFTER_MS;
    if (this.#lasts) return;
    this.#lasts = true;
    this.#tell('used', error);
  }

  over(): void {
    if (!this.#lasts) return;
    this.#lasts = false;
    this.#tell('over');
  }
}
