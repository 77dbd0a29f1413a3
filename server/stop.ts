import { setTimeout as sleep } from 'node:timers/promises';
import { log } from './telemetry/logger.ts';

/** How long a stop takes at most, in ms; whoever asked for it kills after 10 s. */
const TOTAL_MS = 9_500;
/** What of it is kept for the step that comes last: the embedded PostgreSQL. */
const LAST_MS = 2_000;
/** How long a start may take to notice that it is called off, in ms. */
const START_MS = 2_500;

/** Undoes something; told how many ms it has. */
type Run = (ms: number) => unknown;
type Step = { name: string; limit: number; run: Run };

/** The steps that stop the desk, collected as it starts and run last first, each within its time. */
export class Stop {
  readonly #steps: Step[] = [];
  readonly #asked = new AbortController();
  #done: Promise<boolean> | undefined;

  /** Aborted once the stop is asked for. */
  get signal(): AbortSignal {
    return this.#asked.signal;
  }

  /** Has `run` called by the stop, for `limit` ms at most. @throws what calls a start off when the stop was asked for */
  add(name: string, limit: number, run: Run): void {
    this.#steps.push({ name, limit, run });
    this.signal.throwIfAborted();
  }

  /**
   * Calls off a start that is under way, then runs every step. Never rejects; resolves to whether all steps ended well
   * and in time. A step that did not is named in the log, and the others follow all the same.
   */
  run(starting: Promise<unknown> = Promise.resolve()): Promise<boolean> {
    this.#done ??= this.#run(starting);
    return this.#done;
  }

  async #run(starting: Promise<unknown>): Promise<boolean> {
    const end = performance.now() + TOTAL_MS;
    this.#asked.abort();
    await calledOff(starting);
    let well = true;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      const kept = this.#steps.length > 0 ? LAST_MS : 0;
      const left = Math.max(end - kept - performance.now(), 100);
      well = (await inTime(step, Math.min(step.limit, left))) && well;
    }
    return well;
  }
}

/** Waits for a start to notice. One that does not is left behind: what it has begun ends with its database. */
async function calledOff(starting: Promise<unknown>): Promise<void> {
  const ended = new AbortController();
  const late = sleep(START_MS, 'late', { signal: ended.signal }).catch(() => 'ended');
  const result = await Promise.race([starting.catch(() => {}), late]);
  ended.abort();
  if (result === 'late') log.warn({ limit_ms: START_MS }, 'The start under way was cut off by the stop');
}

async function inTime({ name, run }: Step, ms: number): Promise<boolean> {
  const ended = new AbortController();
  const done = (async () => run(ms))().then(
    () => true,
    (error: unknown) => {
      log.error({ step: name, error }, 'A step of the stop failed');
      return false;
    },
  );
  // A timer that holds the process: what a step waits for may hold nothing, and there are more steps to go.
  const late = sleep(ms, 'late', { signal: ended.signal }).catch(() => 'late');
  const result = await Promise.race([done, late]);
  ended.abort();
  if (result === 'late') log.error({ step: name, limit_ms: Math.round(ms) }, 'A step of the stop did not end in time');
  return result === true;
}
