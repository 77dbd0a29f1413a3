import { Link } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { IconInfoCircle } from '../ui/icons.ts';
import classes from './done-notice.module.css';
import type { TakeResult } from './take-incident.ts';

/** Why an incident of the queue could not be taken: mostly that somebody else was quicker. */
export function TakenNotice({ failed }: { failed: TakeResult }) {
  const { t } = useTranslation();
  if (!failed.error) return null;
  const { error, now } = failed;
  if (!now) {
    return (
      <div className={classes.failure}>
        <ErrorNotice error={error} />
      </div>
    );
  }
  const number = now.number;
  return (
    <p role="alert" className={classes.notice} data-done="taken-by-other">
      <IconInfoCircle size={18} aria-hidden />
      <span>
        {now.assignee_name ? (
          <>
            <bdi dir="auto">{now.assignee_name}</bdi> {t('queue.taken_by', { number })}
          </>
        ) : (
          t('queue.no_longer_free', { number, status: t(`incidents.status.${now.status}`) })
        )}{' '}
        <Link to={`/incidents/${now.id}`}>{t('queue.see_it')}</Link>
      </span>
    </p>
  );
}
