import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from './copy-id.tsx';
import classes from './error-notice.module.css';
import type { FormError } from './form-error.ts';
import { IconAlertTriangle } from './icons.ts';

/**
 * Above a form: what went wrong, what to do, and the request id to quote. Renders nothing without an error.
 * `sentence` says it better than the code does, where the form knows more. `words` translates the values of `details.allowed` (statuses), where the error names them.
 */
export function ErrorNotice({
  error,
  sentence,
  words,
}: {
  error: FormError | null | undefined;
  sentence?: string;
  words?: (value: string) => string;
}) {
  const { t, i18n } = useTranslation();
  if (!error) return null;
  const { retry_after_seconds: retryAfter, allowed } = error.details;
  const steps = Array.isArray(allowed) && words ? allowed.map((step) => words(String(step))) : [];
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div>
        <p>{sentence ?? t(`errors.${error.code}`)}</p>
        {typeof retryAfter === 'number' ? (
          <p>{t('error_notice.retry_after', { count: Math.max(1, Math.ceil(retryAfter)) })}</p>
        ) : null}
        {steps.length > 0 ? (
          <p>
            {t('error_notice.allowed', {
              list: new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(steps),
            })}
          </p>
        ) : null}
        <p className={classes.request}>
          {t('error_page.request_id')} <CopyId value={error.request_id} label={t('error_page.request_id')} />
        </p>
      </div>
    </div>
  );
}
