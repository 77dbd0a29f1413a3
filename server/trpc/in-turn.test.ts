import { expect, test } from 'vitest';
import type { RequestContext } from '../request-context.ts';
import { inTurn } from './in-turn.ts';

const requestOf = (over: Partial<RequestContext>): RequestContext => ({
  ...{ requestId: 'request-in-turn', address: '127.0.0.1', route: '/trpc/{batch}', actor: null },
  ...over,
});

test('calls of a batch run one after the other, also past one that fails', async () => {
  const request = requestOf({ turn: Promise.resolve() });
  let running = 0;
  let most = 0;
  const call = (index: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    if (index === 1) throw new Error('fails');
    return index;
  };
  const results = await Promise.allSettled([0, 1, 2, 3].map((index) => inTurn(request, call(index))));
  expect(most).toBe(1);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

test('calls that have not begun when the caller hangs up never do', async () => {
  let gone = false;
  const request = requestOf({ turn: Promise.resolve(), hungUp: () => gone });
  const begun: number[] = [];
  const call = (index: number) => async () => {
    begun.push(index);
    gone = index === 2;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => inTurn(request, call(index))));
  expect(begun).toEqual([0, 1, 2]);
  expect(results.slice(3)).toMatchObject([
    { reason: { errorCode: 'request_aborted' } },
    { reason: { errorCode: 'request_aborted' } },
  ]);
});
