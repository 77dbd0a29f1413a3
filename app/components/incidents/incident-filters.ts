import type { IncidentListInput } from '../../../server/incidents/incidents.schema.ts';

/** The filters of the list, by their names in its URL, which are those of the API. */
export const INCIDENT_FILTERS = ['status', 'priority', 'category', 'assignee_id', 'user_id', 'query'] as const;

/** Rows a page of the list. */
export const PAGE_SIZE = 50;

/** What the list's URL asks for. Filters left blank, as forms send them, are not there; values are the schema's to check. */
export function listInput(params: URLSearchParams): IncidentListInput {
  const input: Record<string, string | number> = { limit: PAGE_SIZE };
  for (const name of [...INCIDENT_FILTERS, 'cursor']) {
    const value = params.get(name)?.trim();
    if (value) input[name] = value;
  }
  return input as unknown as IncidentListInput;
}

/** The number that is all the URL asks for (`1042`, `#1042`), else null. */
export function numberAlone(params: URLSearchParams): string | null {
  const { limit: _limit, ...asked } = listInput(params);
  if (Object.keys(asked).length !== 1) return null;
  return /^#?(\d{1,15})$/.exec(asked.query ?? '')?.[1] ?? null;
}

/** Whether the URL narrows the list. */
export function isFiltered(params: URLSearchParams): boolean {
  return INCIDENT_FILTERS.some((name) => params.get(name)?.trim());
}
