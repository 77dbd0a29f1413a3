// Run by instrumentation.test.ts under `--import`: one small server that does what a request of the desk does.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import pg from 'pg';
import { log } from './logger.ts';
import { stopTelemetry } from './shutdown.ts';
import { annotateServerSpan, annotateSpans, withSpan } from './tracing.ts';

const pool = new pg.Pool({ connectionString: process.env.TEST_DATABASE_URL });
const redis = new Redis(process.env.TEST_REDIS_URL ?? '', { enableOfflineQueue: true });

const server = createServer(async (request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  annotateServerSpan({ route: '/v1/support/incidents/{id}', request_id: 'request-1' });
  await withSpan('trpc.incidents.get', { request_id: 'request-1' }, async () => {
    annotateSpans({ 'incident.id': 'incident-1' });
    await pool.query("select 'ada@example.org' as email, 987654321987 as number, $1::text as name", ['Ada Lovelace']);
    await pool.query("select 'ada@example.org'::int").catch(() => undefined);
    await redis.set('address:192.0.2.1', 'Ada Lovelace');
    log.info('inside');
  });
  await text(request);
  response.end('done');
});

server.listen(0, '127.0.0.1', async () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await fetch(`http://127.0.0.1:${port}/healthz`);
  await fetch(`http://127.0.0.1:${port}/v1/support/incidents/one-of-zuzanna?query=ada%40example.org#lovelace`, {
    headers: {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'user-agent': 'ada@example.org',
      'x-forwarded-for': '192.0.2.7',
    },
  });
  server.close();
  server.closeAllConnections();
  await pool.end();
  redis.disconnect();
  await stopTelemetry();
  process.exit(0);
});
