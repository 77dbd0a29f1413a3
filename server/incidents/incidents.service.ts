import type { EntityDictionary } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { DATABASE_NOW, NEXT_INSTANT } from '../../db/clock.ts';
import { Incident } from '../../db/entities/incident.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../errors.ts';
import { isAgent, type Role } from '../identity/roles.rules.ts';
import { countIncident, recordResolution } from '../telemetry/metrics.ts';
import { type Change, takeInstant } from '../work.ts';
import {
  allowedIncidentTransitions,
  type IncidentStatus,
  incidentChangeAction,
  incidentTimesAfter,
  UNFINISHED_INCIDENT_STATUSES,
} from './incidents.rules.ts';
import type { IncidentCreateInput, IncidentUpdateInput, Incident as IncidentView } from './incidents.schema.ts';

// The lock makes an erasure that is under way be waited for, and then seen; the instant follows it.
const selectRoles = statement<{ id: string; role: Role; instant: string }>(
  'people_roles',
  `with people as materialized (
     select id, role from app_user where id in ($1, $2) and erased_at is null for key share)
   select id, role, ${DATABASE_NOW} as instant from people`,
);

/**
 * Opens an incident about a user.
 * @throws AppError user_not_found; validation_failed when the assignee is no agent
 */
export async function createIncident(work: Change, input: IncidentCreateInput): Promise<IncidentView> {
  takeInstant(work, await assertPeople(work, { userId: input.user_id, assigneeId: input.assignee_id }));
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
 *   validation_failed when the assignee is no agent; user_not_found for a new text about somebody erased, and for work
 *   that would begin again for them
 */
export async function updateIncident(work: Change, input: IncidentUpdateInput): Promise<IncidentView> {
  const { incident, erased } = await lockIncident(work, input);
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
  if (erased && touchesPerson(input)) throw new AppError('user_not_found');
  if (input.status) {
    Object.assign(details, { from: incident.status, to: input.status });
    transition(work, incident, input.status);
  }
  if (input.priority) details.priority = incident.priority = input.priority;
  if (input.category) details.category = incident.category = input.category;
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

type Locked = EntityDictionary<Incident> & { instant: string; erased: boolean };

/** Named one by one: a prepared statement whose result changes with a new column fails from then on. */
const COLUMNS = `id, number, user_id, category, title, description, status, priority, assignee_id, version, created_by_id,
  created_at, updated_at, resolved_at, closed_at`;

const lockOnly = statement<Locked>(
  'incident_lock',
  `with locked as materialized (select * from incident where id = $1 for update)
   select ${COLUMNS}, ${NEXT_INSTANT} as instant, false as erased from locked`,
);

// The person first, as an erasure does it: it looks for unfinished incidents and then erases texts, under their lock.
const lockWithPerson = statement<Locked>(
  'incident_lock_with_person',
  `with person as materialized (
     select id, erased_at from app_user where id = (select user_id from incident where id = $1) for key share),
   locked as materialized (
     select i.*, p.erased_at is not null as erased from incident i join person p on p.id = i.user_id
     where i.id = $1 for update of i)
   select ${COLUMNS}, erased, ${NEXT_INSTANT} as instant from locked`,
);

/** Whether a change must not happen to somebody erased: new text about them, or work that begins again. */
function touchesPerson({ title, description, status }: IncidentUpdateInput): boolean {
  const unfinished: readonly IncidentStatus[] = UNFINISHED_INCIDENT_STATUSES;
  return title !== undefined || description !== undefined || (status !== undefined && unfinished.includes(status));
}

/**
 * The incident as an entity of this unit of work, its row locked, read by a prepared statement, as findOne cannot; the
 * unit's instant is taken after the lock.
 */
async function lockIncident(
  work: Change,
  input: IncidentUpdateInput,
): Promise<{ incident: Incident; erased: boolean }> {
  const [row] = await (touchesPerson(input) ? lockWithPerson : lockOnly)(work.em, [input.id]);
  if (!row) throw new AppError('incident_not_found');
  const { instant, erased, ...columns } = row;
  takeInstant(work, instant);
  return { incident: work.em.map(Incident, columns as EntityDictionary<Incident>), erased };
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

/** @returns the instant at which the people were locked */
async function assertPeople(
  work: Change,
  people: { userId?: string; assigneeId?: string | null | undefined },
): Promise<string | Date> {
  const found = await selectRoles(work.em, [people.userId ?? null, people.assigneeId ?? null]);
  if (people.userId && !found.some((person) => person.id === people.userId)) throw new AppError('user_not_found');
  if (people.assigneeId && !found.some((person) => person.id === people.assigneeId && isAgent(person.role))) {
    throw new AppError('validation_failed', { issues: [{ path: 'assignee_id', message: 'is not an agent' }] });
  }
  return found[0]?.instant ?? work.now;
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
