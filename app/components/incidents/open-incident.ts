import type { Incident, IncidentCreateInput } from '../../../server/incidents/incidents.schema.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import { createOnce, FORM_KEY, keyAfter } from '../ui/form-key.ts';
import { typedText } from '../ui/typed-text.ts';
import type { ActionContext } from './action-context.ts';

/** What was typed into an `IncidentForm`, to be shown again. */
export type IncidentFormValues = {
  category: string;
  priority: string;
  title: string;
  description: string;
  /** `me`, or nothing. */
  assign: string;
};

export type OpenIncidentResult =
  | { incident: Incident; error?: undefined; values?: undefined; formKey?: undefined }
  | { incident?: undefined; error: FormError; values: IncidentFormValues; formKey: string };

/**
 * Opens an incident about `userId` from the fields of an `IncidentForm`; the same form sent twice opens one. A refusal
 * comes back with what was typed; the action hands it to the form:
 * `return data(result, { status: result.error.status })`.
 */
export async function openIncident(
  context: ActionContext,
  userId: string,
  form: FormData,
): Promise<OpenIncidentResult> {
  const key = typedText(form.get(FORM_KEY));
  const values: IncidentFormValues = {
    category: typedText(form.get('category')),
    priority: typedText(form.get('priority')) || 'medium',
    title: typedText(form.get('title')),
    description: typedText(form.get('description')),
    assign: typedText(form.get('assign')),
  };
  const { assign, ...incident } = values;
  const assigned = assign === 'me' ? { assignee_id: context.actor?.id } : {};
  // The schema checks the words of the form; nothing else may come in from it.
  const input = { user_id: userId, ...incident, ...assigned } as IncidentCreateInput;
  try {
    return { incident: await createOnce(() => context.once(key).incidents.create(input)) };
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return { error, values, formKey: keyAfter(error, key) };
  }
}
