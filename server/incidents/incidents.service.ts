import type { EntityDictionary } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { Incident } from '../../db/entities/incident.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import { isAgent, type Role } from '../identity/roles.rules.ts';
import { countIncident, recordResolution } from '../telemetry/metrics.ts';
import type { Change, Work } from '../work.ts';
import {
  allowedIncidentTransitions,
  type IncidentStatus,
  incidentChangeAction,
  incidentTimesAfter,
} from './incidents.rules.ts';
import type { IncidentCreateInput, IncidentUpdateInput, Incident as IncidentView } from './incidents.schema.ts';

// The lock makes an erasure that is under way be waited for, and then seen.
const selectRoles = statement<{ id: string; role: Role }>(
  'people_roles',
  'select id, role from app_user where id in ($1, $2) and erased_at is null for key share',
);

/**
 * Opens an incident about a user.
 * @throws AppError user_not_found; validation_failed when the assignee is no agent
 */
export async function createIncident(work: Change, input: IncidentCreateInput): Promise<IncidentView> {
  await assertPeople(work, { userId: input.user_id, assigneeId: input.assignee_id });
  const incident = work.em.create(Incident, {
    id: uuidv7({ msecs: work.now.getTime() }),
    userId: input.user_id,
    category: input.category,
    title: input.title,
    description: input.description,
    status: 'open',
    priority: input.priority,
    assigneeId: input.assignee_id ?? null,
    createdById: work.actor.id,
    createdAt: work.now,
    updatedAt: work.now,
  });
  await work.em.flush();
  work.afterCommit(() => countIncident(input.category, input.priority));
  work.audit.targetId = incident.id;
  work.audit.subjectUserId = input.user_id;
  work.audit.details = {
    category: incident.category,
    priority: incident.priority,
    status: incident.status,
    ...(input.assignee_id ? { assignee_id: input.assignee_id } : {}),
  };
  return toView(incident);
}

/**
 * Changes fields of an incident, its status by the transition table.
 * @throws AppError incident_not_found, incident_version_conflict, incident_invalid_transition;
 *   validation_failed when the assignee is no agent; user_not_found for a new text about somebody erased
 */
export async function updateIncident(work: Change, input: IncidentUpdateInput): Promise<IncidentView> {
  const incident = await lockIncident(work, input.id);
  work.audit.subjectUserId = incident.userId;
  work.audit.action = incidentChangeAction(input.status, incident.status);
  if (input.version !== undefined && input.version !== incident.version) {
    throw new AppError('incident_version_conflict', { expected: input.version, actual: incident.version });
  }
  if (input.assignee_id) await assertPeople(work, { assigneeId: input.assignee_id });

  const details: Record<string, string | null | string[]> = {};
  const fields = (['priority', 'category', 'title', 'description', 'assignee_id', 'status'] as const).filter(
    (field) => input[field] !== undefined,
  );
  if (input.status) {
    Object.assign(details, { from: incident.status, to: input.status });
    transition(work, incident, input.status);
  }
  if (input.priority) details.priority = incident.priority = input.priority;
  if (input.category) details.category = incident.category = input.category;
  if ((input.title || input.description) && (await isErased(work, incident.userId))) {
    throw new AppError('user_not_found');
  }
  if (input.title) incident.title = input.title;
  if (input.description) incident.description = input.description;
  if (input.assignee_id !== undefined) {
    details.assignee_id = input.assignee_id;
    incident.assigneeId = input.assignee_id;
  }
  incident.updatedAt = work.now;
  await work.em.flush();
  work.audit.details = { fields, ...details };
  return toView(incident);
}

const selectForUpdate = statement<EntityDictionary<Incident>>(
  'incident_lock',
  'select * from incident where id = $1 for update',
);

/** The incident as an entity of this unit of work, its row locked; read by a prepared statement, as findOne cannot. */
async function lockIncident(work: Change, id: string): Promise<Incident> {
  const [row] = await selectForUpdate(work.em, [id]);
  if (!row) throw new AppError('incident_not_found');
  return work.em.map(Incident, row);
}

function transition(work: Change, incident: Incident, to: IncidentStatus): void {
  const from = incident.status;
  const allowed = allowedIncidentTransitions(from, work.actor.role);
  if (!allowed.includes(to)) throw new AppError('incident_invalid_transition', { from, to, allowed });
  if (to === 'resolved') work.afterCommit(() => recordResolution(incident.createdAt, work.now));
  const times = incidentTimesAfter(to, { resolvedAt: incident.resolvedAt ?? null, closedAt: null }, work.now);
  incident.status = to;
  incident.resolvedAt = times.resolvedAt;
  incident.closedAt = times.closedAt;
}

const selectErased = statement('person_is_erased', 'select 1 from app_user where id = $1 and erased_at is not null');

async function isErased(work: Work, userId: string): Promise<boolean> {
  return (await selectErased(work.em, [userId])).length > 0;
}

async function assertPeople(work: Work, people: { userId?: string; assigneeId?: string | null | undefined }) {
  const found = await selectRoles(work.em, [people.userId ?? null, people.assigneeId ?? null]);
  if (people.userId && !found.some((person) => person.id === people.userId)) throw new AppError('user_not_found');
  if (people.assigneeId && !found.some((person) => person.id === people.assigneeId && isAgent(person.role))) {
    throw new AppError('validation_failed', { issues: [{ path: 'assignee_id', message: 'is not an agent' }] });
  }
}

function toView(incident: Incident): IncidentView {
  return {
    id: incident.id,
    number: Number(incident.number),
    user_id: incident.userId,
    category: incident.category,
    title: incident.title,
    description: incident.description,
    status: incident.status,
    priority: incident.priority,
    assignee_id: incident.assigneeId ?? null,
    version: incident.version,
    created_by: incident.createdById ?? null,
    created_at: incident.createdAt.toISOString(),
    updated_at: incident.updatedAt.toISOString(),
    resolved_at: incident.resolvedAt?.toISOString() ?? null,
    closed_at: incident.closedAt?.toISOString() ?? null,
  };
}
