import { dateFormat } from './date-format.ts';

const COOKIE = 'guichet_time_zone';

/** The time zone that the browser told by cookie; null when it told none, or nonsense. */
export function timeZoneFrom(cookieHeader: string | null): string | null {
  const value = cookieHeader?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`))?.[1];
  if (!value) return null;
  try {
    const timeZone = decodeURIComponent(value);
    dateFormat('en', { timeZone });
    return timeZone;
  } catch {
    return null;
  }
}

/** In the browser: tells the server the time zone, for the pages from the next one on. */
export function tellTimeZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari
  if (timeZone) document.cookie = `${COOKIE}=${encodeURIComponent(timeZone)}; Path=/; Max-Age=31536000; SameSite=Lax`;
}
