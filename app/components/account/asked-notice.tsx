import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import classes from './account.module.css';

/** Says once that a request was received; the keyboard goes on from here. */
export function AskedNotice() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const notice = useRef<HTMLParagraphElement>(null);
  const words = t('account.asked');
  useEffect(() => {
    announce(words);
    notice.current?.focus({ preventScroll: true });
    notice.current?.scrollIntoView({ block: 'nearest' });
  }, [announce, words]);
  return (
    <p ref={notice} tabIndex={-1} className={classes.asked} data-tone="good">
      <IconCircleCheck size={18} aria-hidden /> {words}
    </p>
  );
}
