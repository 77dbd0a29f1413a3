import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 2000;
const closers: (() => Promise<unknown>)[] = [];

/** Has {@link stopTelemetry} call `close`. */
export function onTelemetryStop(close: () => Promise<unknown>): void {
  closers.push(close);
}

/** Sends what waits to be sent, for two seconds at most. Never rejects: a collector that is away must not fail a stop. */
export async function stopTelemetry(): Promise<void> {
  const closed = Promise.allSettled(closers.splice(0).map(async (close) => close()));
  // A timer that holds the process: an exporter between two tries might not, and the stop has more steps to go.
  const late = new AbortController();
  await Promise.race([closed, delay(LIMIT_MS, undefined, { signal: late.signal })]);
  late.abort();
}
