import { auditPage } from '../audit/audit.schema.ts';
import { t } from '../trpc/init.ts';
import { auditedQuery } from '../trpc/procedures.ts';
import { dossier, dossierEventsInput, dossierGetInput } from './dossier.schema.ts';
import { getDossier, listDossierEvents } from './dossier.service.ts';

export const dossierRouter = t.router({
  get: auditedQuery(
    'dossier:read',
    { action: 'support_dossier_read', target: 'user' },
    { method: 'GET', path: '/support/users/{user_id}/context', tags: ['users'], summary: "A customer's dossier" },
  )
    .input(dossierGetInput)
    .output(dossier)
    .query(({ ctx, input }) => getDossier(ctx.work, input.user_id)),

  events: auditedQuery(
    'dossier:read',
    { action: 'support_dossier_read', target: 'user' },
    {
      method: 'GET',
      path: '/support/users/{user_id}/events',
      tags: ['users'],
      summary: "All audit events of a customer's dossier, newest first",
    },
  )
    .input(dossierEventsInput)
    .output(auditPage)
    .query(({ ctx, input }) => listDossierEvents(ctx.work, input)),
});
