import type { ServerResponse } from 'node:http';

/** The status, in log and metrics alone, of a request whose caller left before its answer; nginx writes the same. */
export const CLIENT_CLOSED_REQUEST = 499;

/** Whether the caller left before the answer was sent. */
export function hasHungUp(outgoing: ServerResponse | undefined): boolean {
  return outgoing?.destroyed === true && !outgoing.writableFinished;
}
