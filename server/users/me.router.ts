import { z } from 'zod';
import { id } from '../fields.schema.ts';
import { changePassword } from '../identity/change-password.ts';
import { changePasswordInput, me, ownSessions } from '../identity/identity.schema.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from '../identity/own-sessions.ts';
import { t } from '../trpc/init.ts';
import { identityProcedure, mutation, query } from '../trpc/procedures.ts';
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

  sessions: query('account:own', {
    method: 'GET',
    path: '/me/sessions',
    tags: ['me'],
    summary: 'What I am signed in by: browsers, and tokens; the 100 used last',
  })
    .input(z.strictObject({}).optional())
    .output(ownSessions)
    .query(({ ctx }) => listOwnSessions(ctx.work)),

  endSession: mutation(
    'account:own',
    { action: 'auth_logout', target: 'session' },
    { method: 'DELETE', path: '/me/sessions/{id}', tags: ['me'], summary: 'End one of my sign-ins' },
  )
    .input(z.strictObject({ id }))
    .output(z.object({ ended: z.literal(1) }))
    .mutation(async ({ ctx, input }) => {
      await endOwnSession(ctx.work, input.id, (...whom) => ctx.desk.actors.forget(...whom));
      return { ended: 1 as const };
    }),

  endOtherSessions: mutation(
    'account:own',
    { action: 'auth_logout', target: 'session' },
    { method: 'DELETE', path: '/me/sessions', tags: ['me'], summary: 'End all my sign-ins but this one' },
  )
    .input(z.strictObject({}).optional())
    .output(z.object({ ended: z.number().int() }))
    .mutation(async ({ ctx }) => ({
      ended: await endOtherSessions(ctx.work, (...whom) => ctx.desk.actors.forget(...whom)),
    })),
});
