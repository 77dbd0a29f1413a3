import type { AuditEvent } from '../../../server/audit/audit.schema.ts';

/** One thing that an audit event tells of an incident; values are the desk's own words, to be translated. */
export type HistoryLine =
  | { kind: 'moved'; from: string; to: string }
  | { kind: 'set'; field: 'priority' | 'category' | 'status'; value: string }
  | { kind: 'assigned'; to: string | null }
  | { kind: 'rewritten'; fields: string[] }
  | { kind: 'refused'; code: string };

/** What an event's details say, in the order in which people read it. */
export function historyLines({ details }: Pick<AuditEvent, 'details'>): HistoryLine[] {
  const lines: HistoryLine[] = [];
  const { from, to, code, fields } = details;
  if (typeof code === 'string') lines.push({ kind: 'refused', code });
  if (typeof from === 'string' && typeof to === 'string') lines.push({ kind: 'moved', from, to });
  for (const field of ['status', 'priority', 'category'] as const) {
    const value = details[field];
    if (typeof value === 'string') lines.push({ kind: 'set', field, value });
  }
  if ('assignee_id' in details) {
    lines.push({ kind: 'assigned', to: typeof details.assignee_id === 'string' ? details.assignee_id : null });
  }
  const rewritten = Array.isArray(fields) ? ['title', 'description'].filter((field) => fields.includes(field)) : [];
  if (rewritten.length > 0) lines.push({ kind: 'rewritten', fields: rewritten });
  return lines;
}

/** The fields that successful events after `since` (ISO) changed. */
export function fieldsChangedSince(events: readonly AuditEvent[], since: string): string[] {
  const fields = eventsSince(events, since).flatMap(({ details }) =>
    Array.isArray(details.fields) ? details.fields.map(String) : [],
  );
  return [...new Set(fields)];
}

/** The successful events after `since` (ISO), newest first as they came. */
export function eventsSince(events: readonly AuditEvent[], since: string): AuditEvent[] {
  const after = Date.parse(since);
  return events.filter((event) => event.status === 'success' && Date.parse(event.created_at) > after);
}
