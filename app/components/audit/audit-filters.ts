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
