import { z } from 'zod';
import { t } from '../trpc/init.ts';
import { identityProcedure } from '../trpc/procedures.ts';
import { loginInput, refreshInput, tokenPair } from './identity.schema.ts';
import { logIn, logOut, refresh } from './identity.service.ts';

const tags = ['auth'];

export const identityRouter = t.router({
  login: identityProcedure(
    { action: 'auth_login', target: 'session' },
    { method: 'POST', path: '/auth/login', tags, summary: 'Sign in', protect: false },
  )
    .input(loginInput)
    .output(tokenPair)
    .mutation(({ ctx, input }) => logIn(ctx, input)),

  refresh: identityProcedure(
    { action: 'auth_refresh', target: 'session' },
    { method: 'POST', path: '/auth/refresh', tags, summary: 'Renew the tokens', protect: false },
  )
    .input(refreshInput)
    .output(tokenPair)
    .mutation(({ ctx, input }) => refresh(ctx, input.refresh_token)),

  logout: identityProcedure(
    { action: 'auth_logout', target: 'session' },
    { method: 'POST', path: '/auth/logout', tags, summary: 'Sign out', protect: false },
  )
    .input(refreshInput)
    .output(z.object({ signed_out: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await logOut(ctx, input.refresh_token);
      return { signed_out: true as const };
    }),
});
