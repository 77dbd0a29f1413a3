import { AppError } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that a page of another origin made. Browsers always tell the origin of such requests;
 * clients that are no browsers tell nothing and carry no cookies of a victim.
 * @throws AppError cross_origin
 */
export function assertSameOrigin(
  request: Request,
  own: { host: string | undefined; publicUrl: string | undefined },
): void {
  if (SAFE.has(request.method)) return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null ? !isOwn(origin, own) : site !== null && site !== 'same-origin' && site !== 'none') {
    throw new AppError('cross_origin');
  }
}

function isOwn(
  origin: string,
  { host, publicUrl }: { host: string | undefined; publicUrl: string | undefined },
): boolean {
  if (!URL.canParse(origin)) return false;
  if (publicUrl && origin === new URL(publicUrl).origin) return true;
  return new URL(origin).host === host;
}
