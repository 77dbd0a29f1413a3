import { likeFragment } from '../../db/like.ts';
import { statement } from '../../db/statement.ts';
import { READING_SQL } from '../audit/audit.rules.ts';
import {
  AUDIT_COLUMNS,
  AUDIT_EVENT_SQL,
  AuditDraft,
  auditSelect,
  auditValues,
  unlessSameVisit,
} from '../audit/audit.service.ts';
import { AppError } from '../errors.ts';
import type { Page } from '../fields.schema.ts';
import { conditions, keysetPage, ofSomebody } from '../keyset.ts';
import type { AuditedWork, Work } from '../work.ts';
import { allowedIncidentTransitions } from './incidents.rules.ts';
import type { IncidentDetail, IncidentListInput, IncidentSummary } from './incidents.schema.ts';

/** An incident `i` as lists show it, with `u` its user and `a` its assignee. */
export const INCIDENT_SUMMARY_SQL = `i.id, i.number, i.user_id, i.category, i.title, i.status, i.priority,
  i.assignee_id, i.version, i.created_by_id as created_by, guichet_iso(i.created_at) as created_at,
  guichet_iso(i.updated_at) as updated_at, guichet_iso(i.resolved_at) as resolved_at,
  guichet_iso(i.closed_at) as closed_at, u.name as user_name, a.name as assignee_name`;

/** With its description. */
export const INCIDENT_SQL = `${INCIDENT_SUMMARY_SQL}, i.description`;

export const INCIDENT_JOINS = 'join app_user u on u.id = i.user_id left join app_user a on a.id = i.assignee_id';

/** A list of one customer's incidents, and one with descriptions, is a reading of them. */
export function readsIncidents({ user_id, include }: { user_id?: unknown; include?: unknown }): boolean {
  return user_id !== undefined || include !== undefined;
}

/** Incidents, newest first. `query` is an incident number, or a fragment of the title blind to case and accents. */
export async function listIncidents(
  work: Work | AuditedWork,
  input: IncidentListInput,
): Promise<Page<IncidentSummary>> {
  const where = conditions();
  if (input.status) where.in('i.status', input.status);
  if (input.priority) where.in('i.priority', input.priority);
  if (input.category) where.in('i.category', input.category);
  if (input.user_id) where.add('i.user_id = ?', input.user_id);
  if (input.assignee_id === 'none') where.add('i.assignee_id is null');
  else if (input.assignee_id)
    where.add('i.assignee_id = ?', input.assignee_id === 'me' ? work.actor.id : input.assignee_id);
  const number = /^#?(\d{1,15})$/.exec(input.query ?? '')?.[1];
  if (number) where.add('i.number = ?', number);
  else if (input.query) where.add(`i.search_text like '%' || ${likeFragment('?')} || '%'`, input.query);
  const described = input.include?.includes('description') ?? false;
  return keysetPage<IncidentSummary>(work, {
    list: 'incidents',
    table: 'incident i',
    key: 'i.created_at',
    direction: 'desc',
    where,
    input,
    columns: described ? INCIDENT_SQL : INCIDENT_SUMMARY_SQL,
    joins: INCIDENT_JOINS,
    audited: ofSomebody(where, input.user_id),
    ...(described
      ? { eachRead: { draft: new AuditDraft('support_incident_read', 'incident', null), subject: 'i.user_id' } }
      : {}),
  });
}

const placeOf = (index: number) => `$${index + 2}`;

const selectIncident = statement<{ found: Omit<IncidentDetail, 'allowed_transitions'> }>(
  'incident_get',
  `with kept as (
     insert into audit_event (${AUDIT_COLUMNS})
     select ${auditSelect(placeOf, { subject: 'i.user_id' })} from incident i
     where i.id = $1 and ${unlessSameVisit(placeOf, '$13')}
   )
   select row_to_json(f) as found from (
     select ${INCIDENT_SQL}, c.name as created_by_name,
       coalesce((select json_agg(row_to_json(h)) from (
         select ${AUDIT_EVENT_SQL} from audit_event e where e.target_id = i.id::text and e.target_type = 'incident'
           and not (${READING_SQL})
         order by e.created_at desc, e.id desc limit 100) h), '[]') as audit_events
     from incident i ${INCIDENT_JOINS} left join app_user c on c.id = i.created_by_id
     where i.id = $1) f`,
);

/**
 * An incident, and the audit event that says who read it.
 * @throws AppError incident_not_found
 */
export async function getIncident(work: AuditedWork, id: string): Promise<IncidentDetail> {
  const [row] = await selectIncident(work.em, [id, ...auditValues(work.audit, work, 'success'), work.audit.again]);
  if (!row) throw new AppError('incident_not_found');
  work.audit.written = true;
  const allowed = allowedIncidentTransitions(row.found.status, work.actor.role);
  return { ...row.found, allowed_transitions: [...allowed] };
}
