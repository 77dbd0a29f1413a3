import { useSearchParams } from '@remix-run/react';
import { useEffect } from 'react';
import { PRIVACY_ACTS } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import classes from './request-page.module.css';

/** Says that the act named by the URL's `done` was done. */
export function DoneNotice() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [params] = useSearchParams();
  const act = PRIVACY_ACTS.find((one) => one === params.get('done'));
  const words = act ? t(`privacy.done.${act}`) : null;
  useEffect(() => {
    if (words) announce(words);
  }, [words, announce]);
  return words ? (
    <p className={classes.done}>
      <IconCircleCheck size={18} aria-hidden /> {words}
    </p>
  ) : null;
}
