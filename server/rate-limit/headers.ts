import { type LimitState, RateLimited } from './limiter.ts';

/**
 * `RateLimit-Policy` and `RateLimit` for an answer, as structured fields (draft-ietf-httpapi-ratelimit-headers).
 * Nothing when no limit was checked.
 */
export function rateLimitHeaders(state: LimitState | null | undefined): Record<string, string> {
  if (!state) return {};
  return {
    'ratelimit-policy': `"${state.policy}";q=${state.limit};w=${state.window}`,
    ratelimit: `"${state.policy}";r=${state.remaining};t=${state.reset}`,
  };
}

/** The headers of a refusal: the two above and `Retry-After` in seconds. Nothing for any other error. */
export function refusalHeaders(error: unknown): Record<string, string> {
  if (!(error instanceof RateLimited)) return {};
  return { ...rateLimitHeaders(error.state), 'retry-after': String(error.state.reset) };
}
