import { AppError } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that a page of another origin made. Browsers always tell the origin of such requests;
 * clients that are no browsers tell nothing and carry no cookies of a victim. The own origin is that of `publicUrl`
 * (RFC 6454: scheme, host and port); without one it is any http or https origin of the host that was asked.
 * @throws AppError cross_origin
 */
export function assertSameOrigin(
  request: Request,
  own: { host: string | undefined; publicUrl: string | undefined },
): void {
  if (SAFE.has(request.method)) return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isForeign = site !== null && site !== 'same-origin' && site !== 'none';
  if (isForeign || (origin !== null && !isOwn(origin, own))) throw new AppError('cross_origin');
}

function isOwn(
  origin: string,
  { host, publicUrl }: { host: string | undefined; publicUrl: string | undefined },
): boolean {
  if (publicUrl) return origin === new URL(publicUrl).origin;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return /^https?:$/.test(url.protocol) && url.host === host;
}
