import { t } from '../trpc/init.ts';
import { auditedQuery, mutation, partlyAuditedQuery } from '../trpc/procedures.ts';
import { getIncident, listIncidents, readsIncidents } from './incidents.read.ts';
import { incidentChangeAction } from './incidents.rules.ts';
import {
  incident,
  incidentCreateInput,
  incidentDetail,
  incidentGetInput,
  incidentListInput,
  incidentPage,
  incidentUpdateInput,
} from './incidents.schema.ts';
import { createIncident, updateIncident } from './incidents.service.ts';

const tags = ['incidents'];
const PATH = '/support/incidents';

export const incidentsRouter = t.router({
  list: partlyAuditedQuery(
    'incident:read',
    {
      action: 'support_incident_read',
      target: ({ user_id }) => (user_id === undefined ? 'incident' : 'user'),
      when: readsIncidents,
    },
    { method: 'GET', path: PATH, tags, summary: 'Incidents, newest first' },
  )
    .input(incidentListInput)
    .output(incidentPage)
    .query(({ ctx, input }) => listIncidents(ctx.work, input)),

  get: auditedQuery(
    'incident:read',
    { action: 'support_incident_read', target: 'incident' },
    { method: 'GET', path: `${PATH}/{id}`, tags, summary: 'One incident' },
  )
    .input(incidentGetInput)
    .output(incidentDetail)
    .query(({ ctx, input }) => getIncident(ctx.work, input.id)),

  create: mutation(
    'incident:create',
    { action: 'support_incident_create', target: 'incident' },
    { method: 'POST', path: PATH, tags, summary: 'Open an incident' },
    { creates: true },
  )
    .input(incidentCreateInput)
    .output(incident)
    .mutation(({ ctx, input }) => createIncident(ctx.work, input)),

  update: mutation(
    'incident:update',
    { action: ({ status }) => incidentChangeAction(status), target: 'incident' },
    { method: 'PATCH', path: `${PATH}/{id}`, tags, summary: 'Change, move or close an incident' },
  )
    .input(incidentUpdateInput)
    .output(incident)
    .mutation(({ ctx, input }) => updateIncident(ctx.work, input)),
});
