import { SpanKind, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { PrivateSpanExporter } from './span-exporter.ts';
import { withoutPersonalData } from './span-privacy.ts';
import { annotateSpans, currentTraceId, isTracing, traceIdIn, traceWith, withSpan } from './tracing.ts';

const memory = new InMemorySpanExporter();
const sdk = new NodeSDK({
  autoDetectResources: false,
  metricReaders: [],
  logRecordProcessors: [],
  spanProcessors: [new SimpleSpanProcessor({ exporter: new PrivateSpanExporter(memory) })],
});

async function onlySpan() {
  await new Promise((resolve) => setImmediate(resolve));
  const [span, ...others] = memory.getFinishedSpans();
  if (!span || others.length > 0) throw new Error('expected one span');
  return span;
}

describe('while nothing is traced', () => {
  it('only runs the work', async () => {
    expect(isTracing()).toBe(false);
    expect(await withSpan('trpc.me.get', {}, async () => currentTraceId() ?? 'none')).toBe('none');
  });
});

describe('while traces are sent', () => {
  beforeAll(() => {
    sdk.start();
    traceWith(trace.getTracer('test'));
  });
  afterAll(async () => {
    traceWith(null);
    await sdk.shutdown();
  });
  beforeEach(() => memory.reset());

  it('keeps the facts of a call and gives its result', async () => {
    const result = await withSpan('trpc.dossier.get', { request_id: 'r', 'actor.role': undefined }, async () => {
      annotateSpans({ 'audit.action': 'support_dossier_read' });
      return currentTraceId();
    });
    const span = await onlySpan();
    expect(span.name).toBe('trpc.dossier.get');
    expect(span.attributes).toEqual({ request_id: 'r', 'audit.action': 'support_dossier_read' });
    expect(result).toBe(span.spanContext().traceId);
    expect(span.status).toEqual({ code: 0 });
  });

  it('fails with the code of a thrown error, without its message', async () => {
    const work = () => Promise.reject(new AppError('incident_not_found', {}, new Error('Ada')));
    await expect(withSpan('trpc.incidents.get', {}, work)).rejects.toThrow();
    const span = await onlySpan();
    expect(span.status).toEqual({ code: 2 });
    expect(span.attributes).toEqual({ 'error.type': 'incident_not_found' });
  });

  it('fails with a tRPC call that gives its error instead of throwing it', async () => {
    await withSpan('trpc.incidents.get', {}, async () => ({ ok: false, error: new TypeError('Ada') }));
    const span = await onlySpan();
    expect(span.status).toEqual({ code: 2 });
    expect(span.attributes).toEqual({ 'error.type': 'TypeError' });
  });

  it('sends nothing that may be personal, whoever puts it on a span', async () => {
    await withSpan('trpc.users.search', {}, async () => {
      const span = trace.getActiveSpan();
      span?.setAttributes({
        'url.query': 'query=ada',
        'url.path': '/users/ada',
        'url.full': 'http://x/ada',
        'client.address': 'ada',
        'db.query.text': "select 'ada'",
        'db.query.parameter.0': 'ada',
        'user.email': 'ada',
      });
      span?.recordException(new Error('ada'));
      span?.addEvent('looked', { name: 'ada' });
      span?.setStatus({ code: 2, message: 'invalid: "ada"' });
    });
    const { attributes, events, status } = await onlySpan();
    expect(attributes).toEqual({ 'db.query.text': 'select ?' });
    expect(events.map((event) => event.attributes)).toEqual([{ 'exception.type': 'Error' }, {}]);
    expect(status).toEqual({ code: 2 });
  });
});

it('sends nothing of the host that the caller of a request names, and the address of our database', () => {
  const named = {
    'server.address': 'ada.example',
    'server.port': 80,
    'url.scheme': 'ada',
    'http.request.method': 'GET',
  };
  const attributesOf = (kind: SpanKind) => {
    const span = { kind, attributes: { ...named }, status: { code: 0 }, events: [] } as unknown as ReadableSpan;
    return withoutPersonalData(span).attributes;
  };
  expect(attributesOf(SpanKind.SERVER)).toEqual({ 'http.request.method': 'GET' });
  expect(attributesOf(SpanKind.CLIENT)).toEqual(named);
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';

it.each([
  [`00-${TRACE}-b7ad6b7169203331-01`, TRACE],
  [`00-${TRACE}-b7ad6b7169203331-00`, TRACE],
  [undefined, undefined],
  ['nonsense', undefined],
  [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
  [`ff-${TRACE}-b7ad6b7169203331-01`, undefined],
  [`00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`, undefined],
])('the trace in the traceparent %s', (header, trace) => {
  expect(traceIdIn(header)).toBe(trace);
});
