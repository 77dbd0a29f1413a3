/** A subscription `s` as the wire shows it. */
export const SUBSCRIPTION_SQL = `s.id, s.plan, s.status, s.price_cents, s.currency, s.billing_interval,
  guichet_iso(s.started_at) as started_at, guichet_iso(s.current_period_end) as current_period_end,
  guichet_iso(s.trial_ends_at) as trial_ends_at, guichet_iso(s.canceled_at) as canceled_at`;
