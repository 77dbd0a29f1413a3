import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { logError } from './logger.ts';
import { prometheus } from './meter.ts';

const SCRAPE_TIMEOUT_MS = 5000;
const serializer = new PrometheusSerializer('', false, undefined, true, true);

export type MetricsServer = { port: number; close(): Promise<void> };

/** Serves `GET /metrics` as Prometheus text, and nothing else, on a port of its own. */
export async function startMetricsServer({ host, port }: { host: string; port: number }): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (path !== '/metrics') response.writeHead(404).end();
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else void answer(response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(response: ServerResponse): Promise<void> {
  try {
    const { resourceMetrics } = await prometheus.collect({ timeoutMillis: SCRAPE_TIMEOUT_MS });
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(`${serializer.serialize(resourceMetrics)}\n`);
  } catch (error) {
    logError(error, 'The metrics could not be collected');
    response.writeHead(503).end();
  }
}
