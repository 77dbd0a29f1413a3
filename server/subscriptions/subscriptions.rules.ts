export const SUBSCRIPTION_STATUSES = ['trialing', 'active', 'past_due', 'paused', 'canceled', 'expired'] as const;
export const SUBSCRIPTION_PLANS = ['free', 'starter', 'team', 'business'] as const;
export const BILLING_INTERVALS = ['month', 'year'] as const;

export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];
export type SubscriptionPlan = (typeof SUBSCRIPTION_PLANS)[number];
export type BillingInterval = (typeof BILLING_INTERVALS)[number];
