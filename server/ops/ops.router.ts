import { t } from '../trpc/init.ts';
import { query } from '../trpc/procedures.ts';
import { readDashboard } from './ops.read.ts';
import { opsDashboard } from './ops.schema.ts';

export const opsRouter = t.router({
  dashboard: query('ops:dashboard', { method: 'GET', path: '/ops/dashboard', tags: ['ops'], summary: 'The desk now' })
    .output(opsDashboard)
    .query(({ ctx }) => readDashboard(ctx.work)),
});
