import type { z } from 'zod';
import { auditListInput } from '../../../server/audit/audit.schema.ts';
import { AUDIT_FILTERS } from './audit-filters.ts';
import { instantOf } from './wall-time.ts';

export const AUDIT_PAGE = 50;

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
