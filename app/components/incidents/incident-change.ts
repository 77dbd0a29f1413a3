import type { Incident, IncidentUpdateInput } from '../../../server/incidents/incidents.schema.ts';
import { typedText } from '../ui/typed-text.ts';

/** The fields of an incident that people change, as forms hold them: text, '' for no assignee. */
export const CHANGE_FIELDS = ['status', 'priority', 'category', 'assignee_id', 'title', 'description'] as const;
export type ChangeField = (typeof CHANGE_FIELDS)[number];
export type FieldValues = Partial<Record<ChangeField, string>>;

/**
 * What a form asks to change. `base` is what the incident held when the form was made (its hidden `base_*` fields),
 * `typed` what its fields hold now.
 */
export type TypedChange = { version: number | undefined; updatedAt: string; base: FieldValues; typed: FieldValues };

/** Reads a change from a posted form; the assignee `me` stands for `actorId`. */
export function typedChange(form: FormData, actorId: string): TypedChange {
  const base: FieldValues = {};
  const typed: FieldValues = {};
  for (const field of CHANGE_FIELDS) {
    if (form.has(`base_${field}`)) base[field] = typedText(form.get(`base_${field}`));
    if (form.has(field)) typed[field] = typedText(form.get(field));
  }
  if (typed.assignee_id === 'me') typed.assignee_id = actorId;
  const version = Number(form.get('version') ?? Number.NaN);
  return {
    version: Number.isInteger(version) ? version : undefined,
    updatedAt: typedText(form.get('base_updated_at')),
    base,
    typed,
  };
}

/** The fields of `typed` that differ from `base`; a status is always meant, it comes from a button. */
export function changedFields({ base, typed }: Pick<TypedChange, 'base' | 'typed'>): FieldValues {
  const changed: FieldValues = {};
  for (const field of CHANGE_FIELDS) {
    const value = typed[field];
    if (value === undefined) continue;
    if (field === 'status' || base[field] === undefined || value.trim() !== base[field].trim()) changed[field] = value;
  }
  return changed;
}

/** The fields as the desk takes them; its schema checks their values. */
export function updateInput(id: string, version: number | undefined, changed: FieldValues): IncidentUpdateInput {
  const { assignee_id, ...others } = changed;
  const input = { id, version, ...others, ...(assignee_id === undefined ? {} : { assignee_id: assignee_id || null }) };
  return input as IncidentUpdateInput;
}

/** What an incident holds, as forms hold it. */
export function fieldValues(incident: Pick<Incident, ChangeField>): Required<FieldValues> {
  return {
    status: incident.status,
    priority: incident.priority,
    category: incident.category,
    assignee_id: incident.assignee_id ?? '',
    title: typedText(incident.title),
    description: typedText(incident.description),
  };
}
