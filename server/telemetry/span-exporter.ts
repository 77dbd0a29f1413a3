import { type ExportResult, ExportResultCode, getStringFromEnv, getStringListFromEnv } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { log } from './logger.ts';
import { withoutPersonalData } from './span-privacy.ts';

/** Whether the standard OTEL_ variables name somewhere to send traces to. */
export function tracesAreSent(): boolean {
  const exporters = getStringListFromEnv('OTEL_TRACES_EXPORTER') ?? [];
  if (exporters.length > 0) return !exporters.includes('none');
  return ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].some((name) => getStringFromEnv(name));
}

/**
 * The exporter that OTEL_TRACES_EXPORTER and OTEL_EXPORTER_OTLP_PROTOCOL ask for; the first one of several.
 * @throws Error for one that the desk does not have
 */
export async function openExporter(): Promise<SpanExporter> {
  const [name = 'otlp'] = getStringListFromEnv('OTEL_TRACES_EXPORTER') ?? [];
  if (name === 'console') return new (await import('@opentelemetry/sdk-trace')).ConsoleSpanExporter();
  if (name !== 'otlp') throw new Error('OTEL_TRACES_EXPORTER: is neither otlp, console nor none');
  const protocol =
    getStringFromEnv('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? getStringFromEnv('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol === 'grpc') return new (await import('@opentelemetry/exporter-trace-otlp-grpc')).OTLPTraceExporter();
  if (protocol === 'http/json')
    return new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter();
  return new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter();
}

/** Sends spans on without personal data, and logs once when the collector goes away and once when it is back. */
export class PrivateSpanExporter implements SpanExporter {
  readonly #to: SpanExporter;
  #away = false;

  constructor(to: SpanExporter) {
    this.#to = to;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#to.export(spans.map(withoutPersonalData), (result) => {
      this.#note(result);
      done(result);
    });
  }

  #note({ code, error }: ExportResult): void {
    const away = code !== ExportResultCode.SUCCESS;
    if (away && !this.#away) log.warn({ error }, 'Traces cannot be sent');
    if (!away && this.#away) log.info('Traces are sent again');
    this.#away = away;
  }

  shutdown(): Promise<void> {
    return this.#to.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#to.forceFlush?.();
  }
}
