import type { Incident, IncidentCreateInput } from '../../../server/incidents/incidents.schema.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import type { ActionContext } from './action-context.ts';
import { typedText } from './incident-text.ts';

/** What was typed into an `IncidentForm`, to be shown again. */
export type IncidentFormValues = { category: string; priority: string; title: string; description: string };

export type OpenIncidentResult =
  | { incident: Incident; error?: undefined; values?: undefined }
  | { incident?: undefined; error: FormError; values: IncidentFormValues };

/**
 * Opens an incident about `userId` from the fields of an `IncidentForm`. A refusal comes back with what was typed;
 * the action hands it to the form: `return data(result, { status: result.error.status })`.
 */
export async function openIncident(
  context: ActionContext,
  userId: string,
  form: FormData,
): Promise<OpenIncidentResult> {
  const values: IncidentFormValues = {
    category: typedText(form.get('category')),
    priority: typedText(form.get('priority')) || 'medium',
    title: typedText(form.get('title')),
    description: typedText(form.get('description')),
  };
  try {
    // The schema checks the words of the form; nothing else may come in from it.
    const incident = await context.trpc.incidents.create({ user_id: userId, ...values } as IncidentCreateInput);
    return { incident };
  } catch (thrown) {
    return { error: formError(thrown, context.requestId), values };
  }
}
