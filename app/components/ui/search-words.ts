const QUERY_MAX = 200;

/** The words of a search as the desk takes them: trimmed, at most 200 characters, nothing that cannot be stored. */
export function searchWords(query: string | null): string {
  const words = (query ?? '').toWellFormed().replaceAll('\u0000', '').trim();
  return [...words].slice(0, QUERY_MAX).join('').trim();
}
