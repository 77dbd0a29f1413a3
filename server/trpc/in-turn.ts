import { AppError } from '../errors.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Runs a call of a request; those of a batch one after the other, so that one caller takes one connection at a time.
 * A call that has not begun when its caller hangs up never does.
 * @throws AppError request_aborted
 */
export function inTurn<T>(request: RequestContext, call: () => Promise<T>): Promise<T> {
  const begin = async () => {
    if (request.hungUp?.()) throw new AppError('request_aborted');
    request.reached = true;
    return call();
  };
  if (!request.turn) return begin();
  const ended = request.turn.then(begin);
  request.turn = ended.catch(() => {});
  return ended;
}
