import { ERASED } from '../../../server/privacy/erased.rules.ts';
import { PRIVACY_FAILURES, type PrivacyFailure } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import classes from './request-page.module.css';

/** What people wrote: the request as it was typed, and the reasons given for what became of it. */
export function RequestTexts({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const { details, on_behalf_reason: why, reason, extension_reason: extensionReason, status } = request;
  const failure = status === 'failed' ? failureOf(reason) : undefined;
  return (
    <section className={`g-card ${classes.texts}`} aria-labelledby="asked">
      <h2 id="asked">{t('privacy.fields.details')}</h2>
      {details ? (
        <p className="g-prose" dir="auto">
          {details}
        </p>
      ) : (
        <p className="g-dimmed">{t(request.user_name === ERASED ? 'privacy.details_erased' : 'privacy.no_details')}</p>
      )}
      {why ? (
        <>
          <h3>{t('privacy.on_behalf.why')}</h3>
          <p className="g-prose" dir="auto">
            {why}
          </p>
        </>
      ) : null}
      {reason ? (
        <>
          <h3>
            {status === 'denied' || status === 'failed' ? t(`privacy.reason_of.${status}`) : t('privacy.fields.reason')}
          </h3>
          <p className="g-prose" dir="auto">
            {failure ? t(`privacy.failure.${failure}`) : reason}
          </p>
        </>
      ) : null}
      {extensionReason ? (
        <>
          <h3>{t('privacy.fields.extension_reason')}</h3>
          <p className="g-prose" dir="auto">
            {extensionReason}
          </p>
        </>
      ) : null}
    </section>
  );
}

/** The desk's own reason, which it keeps in English. */
function failureOf(reason: string | null): PrivacyFailure | undefined {
  return (Object.keys(PRIVACY_FAILURES) as PrivacyFailure[]).find((name) => PRIVACY_FAILURES[name] === reason);
}
