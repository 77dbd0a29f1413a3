import type { LimitState } from './limiter.ts';

/**
 * `RateLimit-Policy` and `RateLimit` for an answer, as structured fields (draft-ietf-httpapi-ratelimit-headers), and
 * `Retry-After` in seconds when the answer is the refusal. Nothing when no limit was checked.
 */
export function rateLimitHeaders(state: LimitState | null | undefined, status: number): Record<string, string> {
  if (!state) return {};
  return {
    'ratelimit-policy': `"${state.policy}";q=${state.limit};w=${state.window}`,
    ratelimit: `"${state.policy}";r=${state.remaining};t=${state.reset}`,
    ...(status === 429 ? { 'retry-after': String(state.reset) } : {}),
  };
}
