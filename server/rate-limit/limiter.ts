import { AppError } from '../errors.ts';
import { log } from '../telemetry/logger.ts';
import { countRateLimitRejection } from '../telemetry/metrics.ts';
import type { Check } from './checks.ts';
import { Counter } from './counter.ts';
import { type Limit, type LimitOverrides, limitsWith, type Policy } from './limits.ts';
import { type OnInsurance, Outage } from './outage.ts';
import { privateKeys } from './private-key.ts';
import type { RedisClient } from './redis.ts';

/** Where a caller stands with a limit: `remaining` of `limit` requests per `window` seconds, for `reset` seconds more. */
export type LimitState = { policy: Policy; limit: number; window: number; remaining: number; reset: number };

/** The refusal, with the state that its headers tell; `first` when it is the first of a window. */
export class RateLimited extends AppError {
  readonly state: LimitState;
  readonly first: boolean;

  constructor(state: LimitState, { first }: { first: boolean }) {
    super('rate_limited', { policy: state.policy, retry_after_seconds: state.reset });
    this.state = state;
    this.first = first;
    countRateLimitRejection(state.policy);
  }
}

export type Limiter = {
  /**
   * Counts a request against every check, in one round trip.
   * @returns the state nearest to its limit; null without checks, or when limits are off
   * @throws RateLimited for the exhausted limit that lasts longest; what is refused counts against no other limit
   */
  consume(checks: readonly Check[]): Promise<LimitState | null>;
  /** Counts without refusing. @returns by how much the key is past its limit, and where it stands; null when limits are off */
  count(check: Check): Promise<{ past: number; state: LimitState } | null>;
  /** Takes back what was counted against the check. Never rejects. */
  giveBack(check: Check): Promise<void>;
  /** Forgets what was counted against the check. @returns how much that was; to one alone of those who ask at once */
  clear(check: Check): Promise<number>;
};

export type LimiterOptions = {
  overrides?: LimitOverrides | undefined;
  /** Shares the limits between instances; null keeps them in this process. */
  redis: RedisClient | null;
  /** What keys are hidden by: the same on every instance. */
  secret: string;
  onInsurance?: OnInsurance;
};

const OFF: Limiter = {
  consume: async () => null,
  count: async () => null,
  giveBack: async () => {},
  clear: async () => 0,
};

export function createLimiter({ overrides, redis, secret, onInsurance = logInsurance }: LimiterOptions): Limiter {
  if (overrides === 'off') return OFF;
  const keyOf = privateKeys(secret);
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
  const tallyOf = (check: Check) => tally(counterFor(counters, check), keyOf(check.key), check);
  return {
    async consume(checks) {
      const tallies = await Promise.all(checks.map(tallyOf));
      const exhausted = tallies.filter((each) => each.exhausted);
      if (exhausted.length === 0)
        return tallies.reduce<LimitState | null>((nearest, { state }) => nearerToLimit(nearest, state), null);
      await Promise.all(
        tallies.filter((each) => !each.exhausted).map((each) => each.counter.giveBack(each.key, each.points)),
      );
      const longest = exhausted.reduce((a, b) => (b.state.reset > a.state.reset ? b : a)).state;
      throw new RateLimited(longest, { first: exhausted.some(({ past, points }) => past <= points) });
    },
    count: tallyOf,
    giveBack: (check) => counterFor(counters, check).giveBack(keyOf(check.key), check.points),
    clear: (check) => counterFor(counters, check).clear(keyOf(check.key)),
  };
}

type Counters = Record<Policy, Counter | Map<string, Counter>>;

function counterFor(counters: Counters, { policy, variant = '' }: Check): Counter {
  const counter = counters[policy];
  const chosen = counter instanceof Counter ? counter : counter.get(variant);
  if (!chosen) throw new Error(`The policy ${policy} has no limit for this check`);
  return chosen;
}

/** `past` is by how many points the key is past its limit; not past it when 0 or less. */
type Tally = { counter: Counter; key: string; points: number; past: number; exhausted: boolean; state: LimitState };

async function tally(counter: Counter, key: string, { policy, points = 1 }: Check): Promise<Tally> {
  const { consumedPoints, msBeforeNext } = await counter.consume(key, points);
  const { points: limit, duration: window } = counter.limit;
  const reset = Math.max(Math.ceil(msBeforeNext / 1000), 1);
  const state = { policy, limit, window, remaining: Math.max(limit - consumedPoints, 0), reset };
  return { counter, key, points, past: consumedPoints - limit, exhausted: consumedPoints > limit, state };
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
