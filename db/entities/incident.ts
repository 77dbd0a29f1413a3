import { defineEntity, OptionalProps, p } from '@mikro-orm/core';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../../server/incidents/incidents.rules.ts';
import { User } from './user.ts';

export const IncidentSchema = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  // Every list is newest first by (created_at, id); each filter has an index that ends so.
  indexes: [
    { properties: ['createdAt', 'id'] },
    // An index a status: the newest incidents are mostly open, which statistics of one index over all do not tell.
    ...INCIDENT_STATUSES.map((status) => ({
      name: `incident_${status}_created_at_index`,
      expression: `create index incident_${status}_created_at_index on incident (created_at, id) where status = '${status}'`,
    })),
    { properties: ['priority', 'createdAt', 'id'] },
    { properties: ['category', 'createdAt', 'id'] },
    { properties: ['assigneeId', 'createdAt', 'id'] },
    { properties: ['userId', 'createdAt', 'id'] },
    {
      name: 'incident_search_index',
      expression: 'create index incident_search_index on incident using gin (search_text gin_trgm_ops)',
    },
    {
      name: 'incident_open_index',
      expression: "create index incident_open_index on incident (priority) where status = 'open'",
    },
  ],
  checks: [
    { name: 'incident_title_length', expression: 'char_length(title) between 1 and 200' },
    { name: 'incident_description_length', expression: 'char_length(description) between 1 and 10000' },
    { name: 'incident_closed_at_set', expression: "(status = 'closed') = (closed_at is not null)" },
    {
      name: 'incident_resolved_at_set',
      expression:
        "case status when 'resolved' then resolved_at is not null when 'closed' then true else resolved_at is null end",
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Short number for people, from a sequence. */
    number: p.bigint('number').unique().generated('by default as identity'),
    // People by their ids: no write needs more of them, and entities of theirs would cost each load three objects.
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id'),
    category: p.enum(INCIDENT_CATEGORIES),
    title: p.string().columnType('text'),
    description: p.string().columnType('text'),
    status: p.enum(INCIDENT_STATUSES),
    priority: p.enum(INCIDENT_PRIORITIES),
    assigneeId: () => p.manyToOne(User).mapToPk().fieldName('assignee_id').nullable(),
    version: p.integer().version(),
    createdById: () => p.manyToOne(User).mapToPk().fieldName('created_by_id').nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    resolvedAt: p.datetime(3).nullable(),
    closedAt: p.datetime(3).nullable(),
    /** What search looks in: the title, folded. Made by PostgreSQL. */
    searchText: p.string().columnType('text').generated('(guichet_fold(title)) stored').lazy(),
  },
});

export class Incident extends IncidentSchema.class {
  [OptionalProps]?: 'number' | 'version' | 'searchText';
}
IncidentSchema.setClass(Incident);
