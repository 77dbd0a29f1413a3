import type { IncomingMessage } from 'node:http';
import { register } from 'node:module';
import { trace } from '@opentelemetry/api';
import { getStringFromEnv } from '@opentelemetry/core';
import { onTelemetryStop } from './shutdown.ts';
import { openExporter, PrivateSpanExporter } from './span-exporter.ts';
import { traceWith } from './tracing.ts';

const INSTRUMENTED = ['pg', 'pg-pool', 'ioredis', 'http', 'node:http'];
const UNTRACED = /^\/(healthz|readyz|metrics|favicon\.|assets\/|locales\/)/;

/** Begins to trace HTTP, PostgreSQL and Redis, and to send the spans as the OTEL_ variables say. */
export async function startTraces(): Promise<void> {
  // Modules are patched as they load; without the hook, imported ones would not be.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, { data: { include: INSTRUMENTED } });
  const [{ NodeSDK }, { HttpInstrumentation }, { PgInstrumentation }, { IORedisInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-pg'),
    import('@opentelemetry/instrumentation-ioredis'),
  ]);
  const sdk = new NodeSDK({
    ...(isNamed() ? {} : { serviceName: 'guichet' }),
    traceExporter: new PrivateSpanExporter(await openExporter()),
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        disableOutgoingRequestInstrumentation: true,
        ignoreIncomingRequestHook: ({ url }: IncomingMessage) => UNTRACED.test(url ?? ''),
      }),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
      // The command's name alone: keys hold addresses.
      new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
    ],
  });
  sdk.start();
  traceWith(trace.getTracer('guichet'));
  onTelemetryStop(() => sdk.shutdown());
}

function isNamed(): boolean {
  const attributes = getStringFromEnv('OTEL_RESOURCE_ATTRIBUTES') ?? '';
  return getStringFromEnv('OTEL_SERVICE_NAME') !== undefined || attributes.includes('service.name=');
}
