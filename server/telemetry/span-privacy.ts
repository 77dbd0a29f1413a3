import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { sqlWithoutLiterals } from './sql-text.ts';

/** THE facts that the desk itself puts on spans. */
const OWN_FACTS = [
  'request_id',
  'actor.role',
  'audit.action',
  'audit.status',
  'incident.id',
  'privacy_request.id',
  'job.name',
  'job.attempt',
] as const;

/** What the instrumentations add and may leave the process. */
const INSTRUMENTED_FACTS = [
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'url.path',
  'url.scheme',
  'network.protocol.version',
  'server.address',
  'server.port',
  'error.type',
  'db.system.name',
  'db.namespace',
  'db.operation.name',
  'db.query.text',
  'db.postgresql.plan',
] as const;

export type SpanFacts = { [K in (typeof OWN_FACTS)[number]]?: string | number | undefined };

/** Facts of the other side: of a database ours, of a request what its caller wrote into `Host` or a proxy's header. */
const OF_THE_CALLER = ['server.address', 'server.port', 'url.scheme'] as const;

const ALLOWED: ReadonlySet<string> = new Set([...OWN_FACTS, ...INSTRUMENTED_FACTS]);

/**
 * Takes out of a finished span, in place, whatever may hold personal data: every attribute that is not listed above
 * (query strings, addresses, user agents, parameters), literals in SQL, paths, and the messages of errors.
 */
export function withoutPersonalData(span: ReadableSpan): ReadableSpan {
  const { attributes } = span;
  for (const name of Object.keys(attributes)) if (!ALLOWED.has(name)) delete attributes[name];
  if (span.kind === SpanKind.SERVER) for (const name of OF_THE_CALLER) delete attributes[name];
  const sql = attributes['db.query.text'];
  if (typeof sql === 'string') attributes['db.query.text'] = sqlWithoutLiterals(sql);
  if (attributes['http.route'] === undefined) delete attributes['url.path'];
  else attributes['url.path'] = attributes['http.route'];
  // PostgreSQL quotes values of rows in its messages.
  delete span.status.message;
  for (const event of span.events) {
    const type = event.attributes?.['exception.type'];
    event.attributes = type === undefined ? {} : { 'exception.type': type };
  }
  return span;
}
