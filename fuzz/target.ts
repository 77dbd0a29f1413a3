import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerBuild } from '@remix-run/node';
import { freePort } from '../db/free-port.ts';
import { SERVER_COMMAND } from '../server/command.ts';
import { type PageRoute, pagesOf } from '../server/page-routes.ts';
import type { Access } from '../server/telemetry/logger.ts';
import { MARK } from './input.ts';

const ROOT = join(import.meta.dirname, '..');
const TOO_HIGH = { points: 1_000_000_000, duration: 60 };

export type LogLine = Partial<Access> & { level: string; msg: string; request_id?: string };

/** A desk in a process of its own, of which nothing goes by unseen. */
export type Target = {
  port: number;
  pages: readonly PageRoute[];
  /** Lines of the log that are errors, and what was written past the log. */
  complaints: LogLine[];
  /** What holds something that was typed: where, and from the mark on. */
  leaks: string[];
  metrics(): Promise<string>;
  residentMb(): number;
  /** Undefined while the process lives. */
  ended(): string | undefined;
  onLine(listener: (line: LogLine) => void): void;
  close(): Promise<void>;
};

/** Builds the web app unless it is newer than what it is made of. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Limits stay on, too high to be met. */
const LIMITS = JSON.stringify(
  Object.fromEntries(['global', 'role', 'user', 'login', 'incident_write'].map((policy) => [policy, TOO_HIGH])),
);

/** Starts the built desk on a migrated database; with the default limits when `limits` is undefined. */
export async function openTarget(
  databaseUrl: string,
  redisUrl: string,
  { limits, traces }: { limits: string | undefined; traces: boolean } = { limits: LIMITS, traces: true },
): Promise<Target> {
  build();
  await using started = new AsyncDisposableStack();
  const [port, metricsPort, dataDir] = [
    await freePort(),
    await freePort(),
    mkdtempSync(join(tmpdir(), 'guichet-fuzz-')),
  ];
  started.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const complaints: LogLine[] = [];
  const leaks: string[] = [];
  const listeners: ((line: LogLine) => void)[] = [];
  const look = (where: string, text: string) => {
    const at = text.indexOf(MARK);
    if (at >= 0) leaks.push(`${where}: ${text.slice(Math.max(0, at - 200), at + 60)}`);
  };
  const collector = await collect((spans) => look('traces', spans));
  started.defer(collector.close);
  const child = spawn(process.execPath, SERVER_COMMAND, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      DATA_DIR: dataDir,
      SESSION_SECRET: 'a secret of the fuzz, used nowhere else',
      JWT_SECRET: 'another secret of the fuzz, of nobody else',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      TRUST_PROXY: '1',
      ...(limits ? { RATE_LIMITS: limits } : {}),
      ...(traces ? { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } : {}),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    },
  });
  started.defer(() => stop(child));
  createInterface({ input: child.stdout }).on('line', (text) => {
    look('log', text);
    const line = lineIn(text);
    if (line.level === 'error' || line.level === 'fatal') complaints.push(line);
    for (const listener of listeners) listener(line);
  });
  createInterface({ input: child.stderr }).on('line', (text) => {
    look('stderr', text);
    complaints.push({ level: 'stderr', msg: text.slice(0, 500) });
  });
  const ended = () =>
    child.exitCode === null && child.signalCode === null ? undefined : `${child.exitCode ?? child.signalCode}`;
  await ready(port, ended, complaints);
  const web = (await import(join(ROOT, 'build/server/index.js'))) as ServerBuild;
  const running = started.move();
  return {
    port,
    pages: pagesOf(web.routes),
    complaints,
    leaks,
    metrics: async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    residentMb: () => residentMb(child.pid ?? 0),
    ended,
    onLine: (listener) => listeners.push(listener),
    close: () => running.disposeAsync(),
  };
}

function lineIn(text: string): LogLine {
  try {
    return JSON.parse(text);
  } catch {
    return { level: 'error', msg: `no line of the log: ${text.slice(0, 500)}` };
  }
}

async function ready(port: number, ended: () => string | undefined, complaints: LogLine[]): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline && !ended(); await sleep(50)) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`the desk did not start: ${JSON.stringify(complaints)}`);
}

/** Takes traces, as a collector would. */
async function collect(onSpans: (text: string) => void): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      onSpans(body.toString('utf8'));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
