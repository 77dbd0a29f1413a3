import { Link } from '@remix-run/react';
import type { PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './act-notice.module.css';
import type { FailedAct } from './perform-act.ts';

const OBSTACLES = ['agent_account', 'open_incidents'] as const;

/** Why an act did not succeed, and how the request stands now that it is shown anew. */
export function ActNotice({ failed, request }: { failed: FailedAct | null; request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  if (!failed) return null;
  const { error, seen } = failed;
  const word = (status: string) => t(`privacy.status.${status as PrivacyStatus}`);
  const obstacle = OBSTACLES.find((one) => one === error.details.reason);
  const stale =
    error.code === 'privacy_request_version_conflict' || error.code === 'privacy_request_invalid_transition';
  return (
    <div className={classes.notice}>
      <ErrorNotice
        error={error}
        words={word}
        sentence={error.code === 'invalid_credentials' ? t('auth.wrong_password') : undefined}
      />
      {stale ? (
        <p className={classes.more}>
          {seen && seen !== request.status
            ? t('privacy.moved_meanwhile', { seen: word(seen), now: word(request.status) })
            : t('privacy.stands_now', { now: word(request.status) })}
        </p>
      ) : null}
      {obstacle ? (
        <p className={classes.more}>
          {t(`privacy.obstacle.${obstacle}`)}{' '}
          <Link to={`/incidents?user_id=${request.user_id}`}>{t('privacy.obstacle.see')}</Link>
        </p>
      ) : null}
    </div>
  );
}
