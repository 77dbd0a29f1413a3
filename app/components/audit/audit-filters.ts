import type { z } from 'zod';
import { auditListInput } from '../../../server/audit/audit.schema.ts';
import { instantOf } from './wall-time.ts';

/** The filters of the explorer, as they stand in the URL. */
export const AUDIT_FILTERS = [
  'request_id',
  'actor_id',
  'action',
  'target_type',
  'target_id',
  'status',
  'from',
  'to',
] as const;
export type AuditFilter = (typeof AUDIT_FILTERS)[number];

export const AUDIT_PAGE = 50;

/** A form sends its empty fields and repeats its checkboxes; one search has one address. Null when it is that already. */
export function canonicalSearch(params: URLSearchParams): string | null {
  const next = new URLSearchParams();
  for (const name of new Set(params.keys())) {
    const value = params
      .getAll(name)
      .map((one) => one.trim())
      .filter(Boolean)
      .join(',');
    if (value) next.set(name, value);
  }
  const search = next.toString().replaceAll('%2C', ',');
  return search === params.toString().replaceAll('%2C', ',') ? null : `?${search}`;
}

/** The text of each filter as it was typed or linked. */
export function filterTexts(params: URLSearchParams): Record<AuditFilter, string> {
  return Object.fromEntries(AUDIT_FILTERS.map((name) => [name, params.get(name) ?? ''])) as Record<AuditFilter, string>;
}

/** What the URL asks of the audit: the procedure's input, or an issue for each filter that means nothing. */
export function auditSearch(params: URLSearchParams, timeZone: string) {
  const given = Object.fromEntries([...AUDIT_FILTERS, 'cursor'].flatMap((name) => entry(name, params.get(name))));
  for (const name of ['from', 'to']) {
    if (given[name]) given[name] = instantOf(given[name], timeZone) ?? given[name];
  }
  const parsed = auditListInput.safeParse({ ...given, limit: AUDIT_PAGE });
  if (parsed.success) return { input: parsed.data, issues: null };
  return { input: null, issues: issuesOf(parsed.error) };
}

function entry(name: string, value: string | null): [string, string][] {
  return value ? [[name, value]] : [];
}

function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message }));
}
