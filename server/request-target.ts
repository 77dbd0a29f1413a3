import { AppError } from './errors.ts';

/** What no address of the desk holds, and what parsers of URLs disagree about: they drop it, or read it as a slash. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNREADABLE = /[\u0000-\u001f\u007f\\]/;

/**
 * Refuses a path that does not decode (RFC 3986, section 2.1), or that decodes to what would be read as another path,
 * before any code that routes by it meets it: Remix fails on it, and writes it down as it came. A name and a password
 * before the host (`http://name:word@host/`) are refused too (RFC 9110, section 4.2.4): no Request can be made of them.
 * @param url the absolute URL of the request
 * @throws AppError validation_failed; route_not_found for a path that begins as a host does (`//host`)
 */
export function assertReadablePath(url: string): void {
  const path = rawPath(url);
  if (path.startsWith('//')) throw new AppError('route_not_found');
  if ((path.includes('%') && !isReadable(path)) || authority(url).includes('@')) {
    throw new AppError('validation_failed', { issues: [{ path: '', message: 'is not an address that can be read' }] });
  }
}

/**
 * Refuses what pages of Remix 1 asked for, which Remix 2 still answers past the rules of the page.
 * @throws AppError validation_failed
 */
export function assertNoOldDataRequest(url: string): void {
  const query = url.indexOf('?');
  if (query >= 0 && new URLSearchParams(url.slice(query)).has('_data')) {
    throw new AppError('validation_failed', { issues: [{ path: '_data', message: 'is not a known field' }] });
  }
}

function authority(url: string): string {
  const start = url.indexOf('//') + 2;
  return url.slice(start).split(/[/?#]/, 1)[0] ?? '';
}

function rawPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : (url.slice(start).split(/[?#]/, 1)[0] ?? '/');
}

function isReadable(path: string): boolean {
  try {
    return !UNREADABLE.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
