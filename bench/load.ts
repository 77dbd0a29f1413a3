import { Agent, request } from 'node:http';

/** One request of a scenario. */
export type Call = { method: string; path: string; body?: unknown };

/** How a slice of load went; latencies in ms. */
export type Slice = { operations: number; seconds: number; latencies: number[] };

/**
 * Sends calls from `connections` clients that each wait for their answer, for `seconds`.
 * @throws Error at the first answer that is no success
 */
export async function load(
  port: number,
  headers: Record<string, string>,
  next: (connection: number) => Call,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Slice> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const client = async (connection: number) => {
    while (performance.now() < end) {
      const sent = performance.now();
      await send(agent, port, headers, next(connection));
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, connection) => client(connection)));
  agent.destroy();
  return { operations: latencies.length, seconds: (performance.now() - begin) / 1000, latencies };
}

function send(
  agent: Agent,
  port: number,
  headers: Record<string, string>,
  { method, path, body }: Call,
): Promise<void> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const bodyHeaders = payload
    ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
    : {};
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...bodyHeaders } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          if ((answer.statusCode ?? 500) >= 300) text += chunk;
        });
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 500)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}
