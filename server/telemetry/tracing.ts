import { type Attributes, context, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { getRPCMetadata, parseTraceParent, type RPCMetadata } from '@opentelemetry/core';
import type { SpanFacts } from './span-privacy.ts';

// Null until traces are exported somewhere: then every function here returns at once.
let tracer: Tracer | null = null;

/** Makes spans with `given` from now on; null stops. */
export function traceWith(given: Tracer | null): void {
  tracer = given;
}

export function isTracing(): boolean {
  return tracer !== null;
}

/**
 * Runs `work` inside a span. The span fails when `work` rejects, or gives the `{ ok: false }` of a failed tRPC call.
 */
export function withSpan<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  if (!tracer) return work();
  return tracer.startActiveSpan(name, { attributes: facts as Attributes }, async (span) => {
    try {
      const result = await work();
      if (isFailedCall(result)) fail(span, result.error);
      return result;
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function isFailedCall(result: unknown): result is { ok: false; error: unknown } {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false && 'error' in result;
}

function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', errorType(error));
}

function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'errorCode' in error ? String(error.errorCode) : error.name;
}

/** Adds facts to the span of the HTTP request in progress; `route`, a template, names it. */
export function annotateServerSpan({ route, ...facts }: SpanFacts & { route?: string }): void {
  if (!tracer) return;
  const metadata: RPCMetadata | undefined = getRPCMetadata(context.active());
  if (!metadata) return;
  if (route) metadata.route = route;
  metadata.span.setAttributes(facts as Attributes);
}

/** Adds facts to the span in progress and to the one of its HTTP request. */
export function annotateSpans(facts: SpanFacts): void {
  if (!tracer) return;
  trace.getActiveSpan()?.setAttributes(facts as Attributes);
  annotateServerSpan(facts);
}

/** The id of the trace in progress, or undefined when nothing is traced. */
export function currentTraceId(): string | undefined {
  return tracer ? trace.getActiveSpan()?.spanContext().traceId : undefined;
}

/** The trace that a `traceparent` header names (W3C Trace Context); undefined for none or a malformed one. */
export function traceIdIn(traceparent: string | undefined): string | undefined {
  return traceparent ? parseTraceParent(traceparent)?.traceId : undefined;
}
