import type { Incident, IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import type { ActionContext } from './action-context.ts';
import { type Done, doneBy } from './done.ts';
import { eventsSince, fieldsChangedSince } from './history-lines.ts';
import { changedFields, type FieldValues, fieldValues, typedChange, updateInput } from './incident-change.ts';
import { type ConflictRow, compareVersions } from './incident-conflict.ts';

/** Why a stale form was refused: what changed meanwhile, who did it, and what the form shall now hold. */
export type Conflict = {
  rows: ConflictRow[];
  merged: FieldValues;
  current: IncidentDetail;
  by: { name: string | null; at: string } | null;
};

export type ChangeResult =
  | { done: Done; incident: Incident | null; error?: undefined }
  | { done?: undefined; error: FormError; typed: FieldValues; conflict: Conflict | null };

/**
 * Changes an incident by a posted form (see `BaseFields`). A refusal comes back with what was typed, and with what
 * changed meanwhile when the form was stale.
 */
export async function changeIncident(context: ActionContext, id: string, form: FormData): Promise<ChangeResult> {
  const actorId = context.actor?.id ?? '';
  const change = typedChange(form, actorId);
  const changed = changedFields(change);
  if (Object.keys(changed).length === 0) return { done: 'unchanged', incident: null };
  try {
    const incident = await context.trpc.incidents.update(updateInput(id, change.version, changed));
    return { done: doneBy(changed, change.base, actorId), incident };
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    if (error.code !== 'incident_version_conflict') return { error, typed: change.typed, conflict: null };
    const current = await context.trpc.incidents.get({ id });
    const named = fieldsChangedSince(current.audit_events, change.updatedAt);
    const latest = eventsSince(current.audit_events, change.updatedAt)[0];
    const conflict = {
      ...compareVersions(change.base, change.typed, fieldValues(current), named),
      current,
      by: latest ? { name: latest.actor_name ?? null, at: latest.created_at } : null,
    };
    return { error, typed: change.typed, conflict };
  }
}
