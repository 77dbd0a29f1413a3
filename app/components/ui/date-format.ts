const kept = new Map<string, Intl.DateTimeFormat>();
const KEPT_AT_MOST = 500;

/** `Intl.DateTimeFormat`, made once for the same arguments: making one costs as much as rendering ten rows. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = kept.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  if (kept.size >= KEPT_AT_MOST) kept.clear();
  kept.set(key, format);
  return format;
}

/** The calendar day of an instant in a time zone, as `2026-11-22`. */
export function dayIn(timeZone: string): (iso: string) => string {
  const format = dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (iso) => format.format(new Date(iso));
}
