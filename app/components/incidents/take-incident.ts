import { UNFINISHED_INCIDENT_STATUSES } from '../../../server/incidents/incidents.rules.ts';
import type { Incident, IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import type { ActionContext } from './action-context.ts';

export type TakeResult =
  | { incident: Incident; error?: undefined }
  | {
      incident?: undefined;
      error: FormError;
      now: Pick<IncidentDetail, 'id' | 'number' | 'title' | 'status' | 'assignee_name'> | null;
    };

/**
 * Assigns an incident to the signed-in agent, as they saw it at `version`. Whoever else takes it first keeps it; a
 * change that leaves it free does not stand in the way.
 */
export async function takeIncident(context: ActionContext, id: string, version: number): Promise<TakeResult> {
  const take = (version: number) =>
    context.trpc.incidents.update({ id, version, assignee_id: context.actor?.id ?? null });
  try {
    return { incident: await take(version) };
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    if (error.code !== 'incident_version_conflict') return { error, now: null };
    const now = await context.trpc.incidents.get({ id });
    // A button pressed twice.
    if (now.assignee_id === context.actor?.id) return { incident: now };
    if (!isFree(now)) return { error, now };
    try {
      return { incident: await take(now.version) };
    } catch (again) {
      return { error: formError(again, context.requestId), now };
    }
  }
}

function isFree({ assignee_id, status }: IncidentDetail): boolean {
  return assignee_id === null && UNFINISHED_INCIDENT_STATUSES.some((one) => one === status);
}
