import type { AppLoadContext } from '@remix-run/node';
import type { PrivacyKind } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { type FormError, formError } from '../ui/form-error.ts';
import { createOnce, FORM_KEY, keyAfter } from '../ui/form-key.ts';
import { typedText } from '../ui/typed-text.ts';
import { detailsOf } from './details-of.ts';

/** What was typed into an `OnBehalfForm`, to be shown again. */
export type OnBehalfValues = { kind: string; details: string; reason: string; received_on: string };

export type AskedOnBehalf =
  | { request: PrivacyRequest; error?: undefined; values?: undefined; formKey?: undefined }
  | { request?: undefined; error: FormError; values: OnBehalfValues; formKey: string };

/**
 * Takes a request in on behalf of `userId`, from the fields of an `OnBehalfForm`; the same form sent twice takes one in.
 * Here, unlike in the API, the reason has to be told.
 */
export async function askOnBehalf(context: AppLoadContext, userId: string, form: FormData): Promise<AskedOnBehalf> {
  const text = (name: string) => typedText(form.get(name));
  const key = text(FORM_KEY);
  const values = {
    kind: text('kind'),
    details: text('details'),
    reason: text('reason'),
    received_on: text('received_on'),
  };
  // The schema checks the words of the form.
  const kind = values.kind as PrivacyKind;
  const input = {
    user_id: userId,
    kind,
    ...detailsOf(kind, values.details),
    reason: values.reason,
    ...(values.received_on ? { received_on: values.received_on } : {}),
  };
  try {
    return { request: await createOnce(() => context.once(key).privacy.create(input)) };
  } catch (thrown) {
    const error = formError(thrown, context.requestId);
    return { error, values, formKey: keyAfter(error, key) };
  }
}
