import { AppError } from '../errors.ts';
import { appRouter } from './router.ts';

/** More calls than a client of ours puts in one batch. */
export const BATCH_LIMIT = 20;

/** What a request below `/trpc` calls: how many calls, and the one of few routes that stands for them. */
export type Called = { calls: number; route: string };

/**
 * Reads the address as tRPC does: decoded first, split after that. However many procedures it names and in whatever
 * order, its route is one of a closed set, for each route is a series of the metrics.
 */
export function calledBy(url: string): Called {
  const { pathname, searchParams } = new URL(url);
  const names = searchParams.get('batch') === '1' ? pathOf(pathname).split(',') : [pathOf(pathname)];
  const [first = ''] = names;
  if (names.length > 1) return { calls: names.length, route: '/trpc/{batch}' };
  return { calls: 1, route: Object.hasOwn(appRouter._def.procedures, first) ? `/trpc/${first}` : '/trpc/*' };
}

/** @throws AppError validation_failed */
export function assertBatchSize({ calls }: Called): void {
  if (calls <= BATCH_LIMIT) return;
  throw new AppError('validation_failed', {
    issues: [{ path: '', message: `is a batch of more than ${BATCH_LIMIT}` }],
  });
}

/** The part of the path that names procedures; of one that cannot be decoded, as it is: no name has a `%`. */
function pathOf(pathname: string): string {
  const path = pathname.slice('/trpc'.length).replace(/^\//, '').replace(/\/$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
