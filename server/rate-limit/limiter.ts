import { AppError } from '../errors.ts';
import { log } from '../telemetry/logger.ts';
import { countRateLimitRejection } from '../telemetry/metrics.ts';
import type { Check } from './checks.ts';
import { Counter } from './counter.ts';
import { type Limit, type LimitOverrides, limitsWith, type Policy } from './limits.ts';
import { type OnInsurance, Outage } from './outage.ts';
import type { RedisClient } from './redis.ts';

/** Where a caller stands with a limit: `remaining` of `limit` requests per `window` seconds, for `reset` seconds more. */
export type LimitState = { policy: Policy; limit: number; window: number; remaining: number; reset: number };

/** The refusal, with the state that its headers tell. */
export class RateLimited extends AppError {
  readonly state: LimitState;

  constructor(state: LimitState) {
    super('rate_limited', { policy: state.policy, retry_after_seconds: state.reset });
    this.state = state;
  }
}

export type Limiter = {
  /**
   * Counts a request against every check, in one round trip.
   * @returns the state nearest to its limit; null without checks, or when limits are off
   * @throws RateLimited for the exhausted limit that lasts longest; what is refused counts against no other limit
   */
  consume(checks: readonly Check[]): Promise<LimitState | null>;
  /** Takes back what was counted against the check. Never rejects. */
  giveBack(check: Check): Promise<void>;
};

export type LimiterOptions = {
  overrides?: LimitOverrides | undefined;
  /** Shares the limits between instances; null keeps them in this process. */
  redis: RedisClient | null;
  onInsurance?: OnInsurance;
};

export function createLimiter({ overrides, redis, onInsurance = logInsurance }: LimiterOptions): Limiter {
  if (overrides === 'off') return { consume: async () => null, giveBack: async () => {} };
  const limits = limitsWith(overrides);
  const outage = new Outage(onInsurance);
  const open = (name: string, limit: Limit) => new Counter(name, limit, redis, outage);
  const openEach = (policy: string, variants: Record<string, Limit>) =>
    new Map(Object.entries(variants).map(([name, limit]) => [name, open(`${policy}:${name}`, limit)]));
  const counters: Counters = {
    global: open('global', limits.global),
    role: openEach('role', limits.role),
    user: open('user', limits.user),
    login: openEach('login', limits.login),
    incident_write: open('incident_write', limits.incident_write),
  };
  return {
    async consume(checks) {
      const tallies = await Promise.all(checks.map((check) => tally(counterFor(counters, check), check)));
      const exhausted = tallies.filter((each) => each.exhausted);
      if (exhausted.length === 0)
        return tallies.reduce<LimitState | null>((nearest, { state }) => nearerToLimit(nearest, state), null);
      await Promise.all(
        tallies.filter((each) => !each.exhausted).map((each) => each.counter.giveBack(each.key, each.points)),
      );
      const longest = exhausted.reduce((a, b) => (b.state.reset > a.state.reset ? b : a)).state;
      countRateLimitRejection(longest.policy);
      throw new RateLimited(longest);
    },
    giveBack: (check) => counterFor(counters, check).giveBack(check.key, check.points),
  };
}

type Counters = Record<Policy, Counter | Map<string, Counter>>;

function counterFor(counters: Counters, { policy, key }: Check): Counter {
  const counter = counters[policy];
  const chosen = counter instanceof Counter ? counter : counter.get(key.split(':', 1)[0] ?? '');
  if (!chosen) throw new Error(`The policy ${policy} has no limit for this key`);
  return chosen;
}

type Tally = { counter: Counter; key: string; points: number | undefined; exhausted: boolean; state: LimitState };

async function tally(counter: Counter, check: Check): Promise<Tally> {
  const { policy, key } = check;
  const { consumedPoints, msBeforeNext } = await counter.consume(key, check.points);
  const { points, duration } = counter.limit;
  const state = {
    policy,
    limit: points,
    window: duration,
    remaining: Math.max(points - consumedPoints, 0),
    reset: Math.max(Math.ceil(msBeforeNext / 1000), 1),
  };
  return { counter, key, points: check.points, exhausted: consumedPoints > points, state };
}

/** The one of two states that has the smaller part of its limit left. */
export function nearerToLimit(a: LimitState | null | undefined, b: LimitState | null | undefined): LimitState | null {
  if (!a || !b) return a ?? b ?? null;
  return b.remaining * a.limit < a.remaining * b.limit ? b : a;
}

function logInsurance(state: 'used' | 'over', error?: unknown): void {
  if (state === 'over') log.info('Rate limits are shared through Redis again');
  else log.warn({ error }, 'Rate limits are kept in memory: Redis is away');
}
