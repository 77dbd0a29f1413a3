import { useLocation } from '@remix-run/react';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconProgress, IconRefresh } from '../ui/icons.ts';
import { Time } from '../ui/time.tsx';
import { isWorking, useChangeAnnounced, useRefreshedWhile } from './follow-work.ts';
import classes from './progress-watch.module.css';

/** While the desk carries a request out: says so and keeps the page fresh; without script, a link does. */
export function ProgressWatch({ request, now }: { request: PrivacyRequestDetail; now: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const working = isWorking(request);
  useChangeAnnounced(`${t('privacy.fields.status')}: ${t(`privacy.status.${request.status}`)}`);
  useRefreshedWhile(working);
  if (!working) return null;
  return (
    <div className={classes.strip}>
      <IconProgress size={18} aria-hidden className={classes.icon} />
      <p>
        <strong>{t(`privacy.progress.${request.status === 'processing' ? 'processing' : 'waiting'}`)}</strong>{' '}
        {t('privacy.progress.leave')}
      </p>
      {request.progress ? <Share progress={request.progress} /> : null}
      <span className={classes.when}>
        {t('privacy.progress.seen')} <Time at={now} exact />
      </span>
      <a href={pathname} className={`${classes.refresh} g-screen-only`}>
        <IconRefresh size={15} aria-hidden /> {t('privacy.progress.refresh')}
      </a>
    </div>
  );
}

function Share({ progress }: { progress: NonNullable<PrivacyRequestDetail['progress']> }) {
  const { t } = useTranslation();
  const words = t('privacy.progress.share', { done: progress.done, total: progress.total });
  return (
    <span className={classes.share}>
      <progress value={progress.done} max={Math.max(1, progress.total)} aria-label={words} /> {words}
    </span>
  );
}
