import { z } from 'zod';
import { id, timestamp } from '../fields.schema.ts';
import { BILLING_INTERVALS, SUBSCRIPTION_PLANS, SUBSCRIPTION_STATUSES } from './subscriptions.rules.ts';

/** What a customer pays. `price_cents` is in hundredths of `currency` (ISO 4217) per `billing_interval`. */
export const subscription = z.object({
  id,
  plan: z.enum(SUBSCRIPTION_PLANS),
  status: z.enum(SUBSCRIPTION_STATUSES),
  price_cents: z.number().int(),
  currency: z.string(),
  billing_interval: z.enum(BILLING_INTERVALS),
  started_at: timestamp,
  current_period_end: timestamp.nullable(),
  trial_ends_at: timestamp.nullable(),
  canceled_at: timestamp.nullable(),
});

export type Subscription = z.infer<typeof subscription>;
