import { z } from 'zod';
import { changePassword } from '../identity/change-password.ts';
import { changePasswordInput, me } from '../identity/identity.schema.ts';
import { t } from '../trpc/init.ts';
import { identityProcedure, query } from '../trpc/procedures.ts';
import { getMe } from './users.read.ts';

export const meRouter = t.router({
  get: query('account:own', { method: 'GET', path: '/me', tags: ['me'], summary: 'My account and permissions' })
    .input(z.strictObject({}).optional())
    .output(me)
    .query(({ ctx }) => getMe(ctx.work)),

  changePassword: identityProcedure(
    { action: 'auth_password_change', target: 'user' },
    { method: 'POST', path: '/me/password', tags: ['me'], summary: 'Change my password; all other sign-ins end' },
    'account:own',
  )
    .input(changePasswordInput)
    .output(z.object({ changed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx, input);
      return { changed: true as const };
    }),
});
