import { z } from 'zod';
import { id, timestamp } from '../fields.schema.ts';
import { subscription } from '../subscriptions/subscriptions.schema.ts';
import { user } from '../users/users.schema.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './password.rules.ts';
import { ROLES } from './roles.rules.ts';

/** An e-mail address as accounts keep it: trimmed, lower case. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** A password as sent in; nothing about its length is told apart from a wrong one. */
export const password = z.string().min(1).max(PASSWORD_MAX);

export const loginInput = z.strictObject({ email, password });

export const tokenPair = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int().meta({ description: 'seconds until the access token expires' }),
  user: z.object({ id, email: z.string(), name: z.string(), role: z.enum(ROLES) }),
});

export const refreshInput = z.strictObject({ refresh_token: z.string().min(1).max(512) });

export const changePasswordInput = z.strictObject({
  current_password: password,
  new_password: password.meta({ description: `${PASSWORD_MIN} characters or more, none of the common ones` }),
});

export const ownSessions = z.object({
  items: z.array(
    z.object({
      id,
      kind: z.enum(['browser', 'token']),
      created_at: timestamp,
      last_used_at: timestamp,
      expires_at: timestamp,
      current: z.boolean().meta({ description: 'whether this request comes by it' }),
    }),
  ),
});

export const me = z.object({
  user,
  subscription: subscription.nullable(),
  permissions: z.array(z.string()),
  token_expires_at: timestamp.nullable().optional(),
});

export type TokenPair = z.infer<typeof tokenPair>;
export type OwnSessions = z.infer<typeof ownSessions>;
export type Me = z.infer<typeof me>;
