/**
 * The query string of `params` with some of them changed (null removes one). Filters that change lead back to the
 * first page, so `cursor` goes unless it is what changes.
 */
export function withParams(params: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(params);
  if (!('cursor' in changes)) next.delete('cursor');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '?';
}

/** The comma-joined values of a filter with `value` put in, or taken out if it was in. Null when none is left. */
export function toggled(current: string | null, value: string): string | null {
  const values = current?.split(',').filter(Boolean) ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.length > 0 ? next.join(',') : null;
}
