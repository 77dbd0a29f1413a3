import { defineEntity, p } from '@mikro-orm/core';
import {
  BILLING_INTERVALS,
  SUBSCRIPTION_PLANS,
  SUBSCRIPTION_STATUSES,
} from '../../server/subscriptions/subscriptions.rules.ts';
import { User } from './user.ts';

export const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'subscription',
  properties: {
    id: p.uuid().primary(),
    user: () => p.oneToOne(User).owner().ref(),
    plan: p.enum(SUBSCRIPTION_PLANS),
    status: p.enum(SUBSCRIPTION_STATUSES),
    priceCents: p.integer().check('price_cents >= 0'),
    /** ISO 4217. */
    currency: p.string().columnType('char(3)'),
    billingInterval: p.enum(BILLING_INTERVALS),
    startedAt: p.datetime(3),
    currentPeriodEnd: p.datetime(3).nullable(),
    trialEndsAt: p.datetime(3).nullable(),
    canceledAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});

export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription);
