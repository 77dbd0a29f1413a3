import { type ErrorCode, isAppError } from '../../../server/errors.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

/** A failure as an action hands it to its form. */
export type FormError = { code: ErrorCode; details: Record<string, unknown>; request_id: string; status: number };

/**
 * What an action returns when a mutation failed: `return data({ error: formError(e, context.requestId), values }, ...)`.
 * Throws `error` on when it is not of the error table.
 */
export function formError(error: unknown, requestId: string): FormError {
  if (!isAppError(error)) throw error;
  return { code: error.errorCode, details: error.details, request_id: requestId, status: error.status };
}

type Issue = { path: string | (string | number)[]; message: string };

/** The first issue of each field of a `validation_failed`, by the field's name, in the user's language. */
export function useFieldErrors(error: FormError | null | undefined): Record<string, string | undefined> {
  const { t } = useTranslation();
  const issues = error?.code === 'validation_failed' && Array.isArray(error.details.issues) ? error.details.issues : [];
  const errors: Record<string, string | undefined> = {};
  for (const { path, message } of issues as Issue[]) {
    const name = Array.isArray(path) ? path.join('.') : path;
    errors[name] ??= words(message, name);
  }
  return errors;

  function words(message: string, name: string): string {
    const [count = 0] = message.match(/\d+/)?.map(Number) ?? [];
    if (/is empty|>=1 characters|expected string, received (undefined|null)/.test(message))
      return t('field_errors.required');
    if (/(more than |<=)\d+ characters/.test(message)) return t('field_errors.too_long', { count });
    if (/fewer than \d+ characters/.test(message)) return t('field_errors.too_short', { count });
    if (/easy to guess/.test(message)) return t('field_errors.easy_to_guess');
    if (/U\+0000/.test(message)) return t('field_errors.characters');
    if (name === 'email') return t('field_errors.email');
    return t('field_errors.invalid');
  }
}
