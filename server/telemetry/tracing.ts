import { trace } from '@opentelemetry/api';

/** The id of the trace in progress, or undefined when nothing is traced. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
