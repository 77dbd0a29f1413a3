import { createNoopMeter, type Meter } from '@opentelemetry/api';
import { getBooleanFromEnv } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics';

/** Collects every metric as Prometheus text; {@link startMetricsServer} serves it. */
export const prometheus = new PrometheusExporter({
  preventServerStart: true,
  withoutScopeInfo: true,
  withoutTargetInfo: true,
});

// The instrumentations measure the same requests again under other names, only while traces are on.
const DUPLICATES = ['@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-pg'];

export const meterProvider = new MeterProvider({
  readers: [prometheus],
  views: DUPLICATES.map((meterName) => ({ meterName, aggregation: { type: AggregationType.DROP } })),
});

/** Makes the instruments of the desk; they measure nothing under OTEL_SDK_DISABLED. */
export const meter: Meter = getBooleanFromEnv('OTEL_SDK_DISABLED')
  ? createNoopMeter()
  : meterProvider.getMeter('guichet');
