// Given to `node --import`: it must run before the modules that it instruments are loaded.
import { enableCompileCache } from 'node:module';
import { metrics } from '@opentelemetry/api';
import { getBooleanFromEnv } from '@opentelemetry/core';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { meterProvider } from './meter.ts';
import { tracesAreSent } from './span-exporter.ts';

// Compiled code is kept between starts, which then take half as long; what is loaded from here on counts.
enableCompileCache();

if (!getBooleanFromEnv('OTEL_SDK_DISABLED')) {
  metrics.setGlobalMeterProvider(meterProvider);
  registerInstrumentations({ instrumentations: [new RuntimeNodeInstrumentation()], meterProvider });
  if (tracesAreSent()) {
    // Loaded on demand: without a collector it would cost memory, start-up time and a third of the throughput.
    const { startTraces } = await import('./traces.ts');
    await startTraces().catch(refuse);
  }
}

function refuse(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
