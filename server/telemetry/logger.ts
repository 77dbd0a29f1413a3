import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest, traceIdOf } from '../request-context.ts';
import { errorFacts } from './error-facts.ts';
import { currentTraceId } from './tracing.ts';

/** Writes JSON lines to `destination`: time, level, msg, the request and trace in progress, and the fields given. */
export function createLogger(destination: DestinationStream): Logger {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: errorFacts, error: errorFacts },
      mixin: requestFields,
      hooks: { logMethod: withoutErrorMessage },
    },
    destination,
  );
}

function requestFields(): Record<string, string | undefined> {
  const request = currentRequest();
  return { request_id: request?.requestId, trace_id: currentTraceId() ?? (request && traceIdOf(request)) };
}

// Given an error alone, pino would make its message the line's own.
function withoutErrorMessage(this: Logger, args: Parameters<Logger['info']>, write: Logger['info']): void {
  const [first, message] = args as [unknown, string | undefined];
  if (first instanceof Error) write.call(this, { error: first }, message ?? first.name);
  else write.apply(this, args);
}

/** The log of the process, on stdout. Its level is `info` until {@link setLogLevel}. */
export const log = createLogger(pino.destination(1));

/** @param level a level of pino, or `silent` */
export function setLogLevel(level: string): void {
  log.level = level;
}

export type Access = { method: string; route: string; status: number; duration_ms: number };

/**
 * The line of one answered request, with who asked and what they did as the request context knows it.
 * Call it inside that context. `route` is a template: paths and query strings hold ids, names and e-mails.
 */
export function accessLog({ method, route, status, duration_ms }: Access, to: Logger = log): void {
  const request = currentRequest();
  const line = {
    method,
    route,
    status,
    duration_ms: Math.round(duration_ms * 10) / 10,
    actor_id: request?.actor?.id ?? null,
    actor_role: request?.actor?.role ?? 'anonymous',
    action: request?.action,
    incident_id: request?.incidentId,
    outcome: request?.outcome,
  };
  to[status >= 500 ? 'error' : 'info'](line, 'request');
}

/**
 * A failure, without the personal data that its message or its fields may hold. What fails after its caller has left is
 * no error: most of it fails because of that.
 */
export function logError(error: unknown, message: string, to: Logger = log): void {
  to[currentRequest()?.hungUp?.() ? 'info' : 'error']({ error }, message);
}
