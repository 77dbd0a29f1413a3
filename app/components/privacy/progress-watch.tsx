import { useLocation, useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { isAutomaticPrivacyKind, type PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconProgress, IconRefresh } from '../ui/icons.ts';
import { Time } from '../ui/time.tsx';
import classes from './progress-watch.module.css';

const EVERY_MS = 3_000;

/** While the desk carries a request out: says so and keeps the page fresh; without script, a link does. */
export function ProgressWatch({ request, now }: { request: PrivacyRequestDetail; now: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const working = isWorking(request);
  useStatusAnnounced(request.status);
  useRefreshed(working);
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
      <a href={pathname} className={classes.refresh}>
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

function isWorking({ status, kind }: PrivacyRequestDetail): boolean {
  return isAutomaticPrivacyKind(kind) && (status === 'approved' || status === 'processing');
}

function useRefreshed(working: boolean) {
  const { state, revalidate } = useRevalidator();
  useEffect(() => {
    if (!working || state !== 'idle') return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') revalidate();
    }, EVERY_MS);
    const wake = () => document.visibilityState === 'visible' && revalidate();
    document.addEventListener('visibilitychange', wake);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [working, state, revalidate]);
}

function useStatusAnnounced(status: PrivacyStatus) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const shown = useRef(status);
  useEffect(() => {
    if (shown.current === status) return;
    shown.current = status;
    announce(`${t('privacy.fields.status')}: ${t(`privacy.status.${status}`)}`);
  }, [status, announce, t]);
}
