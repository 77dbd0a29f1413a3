import { connect } from 'node:net';

/** What came back over a connection until it was closed. */
export type Received = { bytes: Buffer; ms: number; hung: boolean };

/** Longer than any request may take. */
export const HUNG_MS = 10_000;
/** A caller that waits in vain for the rest of what it broke itself closes its side. */
const QUIET_MS = 400;

/**
 * Sends bytes over a connection of their own and gives what came back until it was closed.
 * @param whole whether the desk owes an answer; else the caller closes its side when nothing comes
 * @param leaves whether the caller hangs up as soon as all is sent
 */
export function exchange(
  port: number,
  bytes: Buffer,
  { whole, leaves }: { whole: boolean; leaves: boolean },
): Promise<Received> {
  return new Promise((resolve) => {
    const started = performance.now();
    const parts: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const quiet = whole ? undefined : setTimeout(() => socket.end(), QUIET_MS);
    const end = (hung: boolean) => {
      clearTimeout(limit);
      clearTimeout(quiet);
      socket.destroy();
      resolve({ bytes: Buffer.concat(parts), ms: performance.now() - started, hung });
    };
    const limit = setTimeout(() => end(true), HUNG_MS);
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('end', () => end(false));
    // A server that refuses a request closes while it is still being sent: what it said came before.
    socket.on('error', () => end(false));
    socket.write(bytes, () => {
      if (leaves) end(false);
    });
  });
}

export type Answer = { status: number; headers: Map<string, string>; body: Buffer };

/** The first answer in what came back; undefined where there is no whole head. */
export function answerIn(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0);
  // Of an expectation: the answer comes after it.
  if (status === 100) return answerIn(bytes.subarray(end + 4));
  const headers = new Map(
    lines.map((header) => [
      header.slice(0, header.indexOf(':')).toLowerCase(),
      header.slice(header.indexOf(':') + 1).trim(),
    ]),
  );
  const rest = bytes.subarray(end + 4);
  return { status, headers, body: headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf('\r\n', at);
    const size = line < 0 ? 0 : Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    if (!size) break;
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
