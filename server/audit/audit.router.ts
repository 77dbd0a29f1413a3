import { t } from '../trpc/init.ts';
import { auditedQuery } from '../trpc/procedures.ts';
import { auditListInput, auditPage } from './audit.schema.ts';
import { listAuditEvents } from './audit.service.ts';

export const auditRouter = t.router({
  list: auditedQuery(
    'audit:search',
    { action: 'audit_search', target: 'audit' },
    { method: 'GET', path: '/audit/events', tags: ['audit'], summary: 'Audit events, newest first' },
  )
    .input(auditListInput)
    .output(auditPage)
    .query(({ ctx, input }) => listAuditEvents(ctx.work, input)),
});
