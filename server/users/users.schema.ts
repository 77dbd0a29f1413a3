import { z } from 'zod';
import { id, pageInput, pageOf, text, timestamp } from '../fields.schema.ts';
import { ROLES } from '../identity/roles.rules.ts';
import { SUBSCRIPTION_PLANS, SUBSCRIPTION_STATUSES } from '../subscriptions/subscriptions.rules.ts';

export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

/** A person's account. Erased people keep their row, without anything personal. */
export const user = z.object({
  id,
  email: z.string().nullable(),
  name: z.string(),
  role: z.enum(ROLES),
  locale: z.enum(LOCALES),
  created_at: timestamp,
  updated_at: timestamp,
  last_sign_in_at: timestamp.nullable(),
  erased_at: timestamp.nullable(),
});

/** A found person, with what tells namesakes apart. */
export const userListItem = user.extend({
  plan: z.enum(SUBSCRIPTION_PLANS).nullable(),
  subscription_status: z.enum(SUBSCRIPTION_STATUSES).nullable(),
  open_incidents: z.number().int(),
});

export const userSearchInput = pageInput({
  query: text(1, 200).optional().meta({ description: 'a fragment of the e-mail or name, blind to case and accents' }),
});

export const userPage = pageOf(userListItem);

export type User = z.infer<typeof user>;
export type UserListItem = z.infer<typeof userListItem>;
