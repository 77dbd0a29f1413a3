import { z } from 'zod';
import { me } from '../identity/identity.schema.ts';
import { t } from '../trpc/init.ts';
import { query } from '../trpc/procedures.ts';
import { getMe } from './users.read.ts';

export const meRouter = t.router({
  get: query('account:own', { method: 'GET', path: '/me', tags: ['me'], summary: 'My account and permissions' })
    .input(z.strictObject({}).optional())
    .output(me)
    .query(({ ctx }) => getMe(ctx.work)),
});
