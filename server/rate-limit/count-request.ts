import type { RequestContext } from '../request-context.ts';
import type { Check } from './checks.ts';
import { type Limiter, nearerToLimit, RateLimited } from './limiter.ts';

/**
 * Counts a request against these limits. The request keeps the state nearest to its limit, or the refusal's, so that
 * its answer tells of it, be it a page, REST or tRPC.
 * @throws RateLimited
 */
export async function countRequest(limiter: Limiter, request: RequestContext, checks: readonly Check[]): Promise<void> {
  try {
    request.rateLimit = nearerToLimit(request.rateLimit, await limiter.consume(checks));
  } catch (error) {
    if (error instanceof RateLimited) request.rateLimit = error.state;
    throw error;
  }
}
