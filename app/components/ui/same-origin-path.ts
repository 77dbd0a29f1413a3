/**
 * A path on this site that a form or a link may send people to, or `fallback`.
 * Refuses other origins in every spelling that a browser would follow (`//host`, `/\host`, tabs and newlines).
 */
export function sameOriginPath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 2_000) return fallback;
  const base = 'http://guichet.invalid';
  try {
    const url = new URL(value, base);
    // Dots can leave two slashes in front (`/a/..//host`), which a browser would read as a host.
    return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}
