import {
  BILLING_INTERVALS,
  type SubscriptionPlan,
  type SubscriptionStatus,
} from '../../server/subscriptions/subscriptions.rules.ts';
import { buildSubscription } from './factories.ts';
import type { Random } from './random.ts';
import type { SubscriptionRow } from './rows.ts';

const DAY = 86_400_000;
const MONTHLY_CENTS: Record<SubscriptionPlan, number> = { free: 0, starter: 900, team: 2_900, business: 9_900 };
const PERIOD_DAYS = { month: 30, year: 365 } as const;
/** Two months of the yearly price are free. */
const PAID_MONTHS = { month: 1, year: 10 } as const;
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'GBP', 'CHF', 'CAD'] as const;
const PLANS = { free: 20, starter: 40, team: 28, business: 12 } as const;
const STATUSES = { active: 62, trialing: 7, past_due: 6, paused: 4, canceled: 13, expired: 8 } as const;

/** A subscription as it stands at `now`, begun after its owner signed up at `since`. */
export function livedSubscription(
  random: Random,
  userId: string,
  since: Date,
  now: Date,
  status: SubscriptionStatus = random.weighted(STATUSES),
): SubscriptionRow {
  const trialing = status === 'trialing';
  const owes = trialing || status === 'past_due';
  const plan = random.weighted<SubscriptionPlan>(owes ? { ...PLANS, free: 0 } : PLANS);
  const interval = random.chance(0.7) ? BILLING_INTERVALS[0] : BILLING_INTERVALS[1];
  const startedAt = random.instant(trialing ? later(since, new Date(now.getTime() - 14 * DAY)) : since, now);
  const ended = status === 'canceled' || status === 'expired';
  const changedAt = random.instant(startedAt, now);
  return buildSubscription({
    id: random.id(startedAt),
    user_id: userId,
    plan,
    status,
    price_cents: MONTHLY_CENTS[plan] * PAID_MONTHS[interval],
    currency: random.pick(CURRENCIES),
    billing_interval: interval,
    started_at: startedAt,
    current_period_end: periodEnd(random, status, interval, changedAt, now),
    trial_ends_at: trialing ? new Date(startedAt.getTime() + 14 * DAY) : null,
    canceled_at: status === 'canceled' ? changedAt : null,
    created_at: startedAt,
    updated_at: ended || status === 'paused' ? changedAt : startedAt,
  });
}

function periodEnd(
  random: Random,
  status: SubscriptionStatus,
  interval: keyof typeof PERIOD_DAYS,
  changedAt: Date,
  now: Date,
): Date | null {
  if (status === 'trialing' || status === 'paused') return null;
  if (status === 'expired') return changedAt;
  if (status === 'past_due') return random.instant(new Date(now.getTime() - 20 * DAY), now);
  return random.instant(now, new Date(now.getTime() + PERIOD_DAYS[interval] * DAY));
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
