import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase } from '../testing/database.ts';

type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  events?: unknown[];
  status: { code?: number; message?: string };
};
type OtlpBody = { resourceSpans: { resource: unknown; scopeSpans: { spans: OtlpSpan[] }[] }[] };

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs the fixture to its end; resolves to its exit code and everything it wrote. */
async function run(variables: Record<string, string | undefined>): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ['--import', path('./instrumentation.ts'), path('./traced-program.fixture.ts')],
    {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        TEST_DATABASE_URL: database.url,
        TEST_REDIS_URL: inject('redisUrl'),
        NODE_NO_WARNINGS: '1',
        ...variables,
      },
    },
  );
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, output: out + err };
}

/** A collector that keeps what it is sent as OTLP in JSON. */
async function startCollector() {
  const bodies: OtlpBody[] = [];
  const server = createServer(async (request, response) => {
    bodies.push((await json(request)) as OtlpBody);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    spans: () => bodies.flatMap((body) => body.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans))),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const attributesOf = (span: OtlpSpan | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));

describe('with a collector', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let result: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    collector = await startCollector();
    result = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
    await collector.close();
  });

  it('sends one trace: the request by its route, the procedure, PostgreSQL and Redis', () => {
    expect(result.code).toBe(0);
    const spans = collector.spans();
    const server = spans.find((span) => span.name === 'GET /v1/support/incidents/{id}');
    const procedure = spans.find((span) => span.name === 'trpc.incidents.get');
    expect(server).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
    expect(procedure?.parentSpanId).toBe(server?.spanId);
    const below = spans.filter((span) => span.parentSpanId === procedure?.spanId).map((span) => span.name);
    expect(below).toEqual([expect.stringMatching(/^pg\.query:SELECT/), expect.stringMatching(/^pg\.query/), 'set']);
    expect(spans).toHaveLength(5);
  });

  it('tells the facts of the desk and of the request', () => {
    const server = attributesOf(collector.spans().find((span) => span.name.startsWith('GET ')));
    expect(server).toMatchObject({
      request_id: 'request-1',
      'incident.id': 'incident-1',
      'http.route': '/v1/support/incidents/{id}',
      'url.path': '/v1/support/incidents/{id}',
      'http.response.status_code': 200,
    });
    const procedure = attributesOf(collector.spans().find((span) => span.name.startsWith('trpc.')));
    expect(procedure).toEqual({ request_id: 'request-1', 'incident.id': 'incident-1' });
  });

  it('sends SQL without literals and nothing personal', () => {
    const queries = collector.spans().map((span) => attributesOf(span)['db.query.text']);
    expect(queries).toContain('select ? as email, ? as number, $1::text as name');
    expect(queries).toContain('set');
    const failed = collector.spans().find((span) => span.status.code === 2);
    expect(failed?.status).toEqual({ code: 2 });
    const spans = JSON.stringify(collector.spans());
    expect(spans).not.toMatch(/ada@|lovelace|987654321987|zuzanna|192\.0\.2/i);
    expect(spans).not.toMatch(/client\.address|peer\.address|user_agent|url\.query/);
  });

  it('names the service, and puts the trace on the log line', () => {
    expect(JSON.stringify(collector.bodies[0]?.resourceSpans[0]?.resource)).toContain('"guichet"');
    expect(JSON.parse(result.output)).toMatchObject({ msg: 'inside', trace_id: '0af7651916cd43dd8448eb211c80319c' });
  });
});

describe('without', () => {
  it('sends and prints nothing when no variable names a collector', async () => {
    const { code, output } = await run({});
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({ level: 'info', time: expect.any(String), msg: 'inside' });
  });

  it.each([
    { OTEL_SDK_DISABLED: 'true' },
    { OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_TRACES_SAMPLER: 'always_off' },
  ])('sends nothing under %o', async (variables) => {
    const collector = await startCollector();
    const { code } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...variables });
    await collector.close();
    expect(code).toBe(0);
    expect(collector.bodies).toEqual([]);
  });

  it('stops well when the collector is away, and says so once', async () => {
    const { code, output } = await run({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    });
    expect(code).toBe(0);
    expect(output.match(/Traces cannot be sent/g) ?? []).toHaveLength(1);
  });

  it('stops within seconds when the collector does not answer', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    silent.closeAllConnections();
    silent.close();
    expect(code).toBe(0);
  });

  it('refuses an exporter that it does not have', async () => {
    const { code, output } = await run({ OTEL_TRACES_EXPORTER: 'nowhere' });
    expect(code).toBe(1);
    expect(output).toBe('OTEL_TRACES_EXPORTER: is neither otlp, console nor none\n');
  });
});
