import { useLocation, useSearchParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck, IconInfoCircle } from '../ui/icons.ts';
import { doneFrom } from './done.ts';
import classes from './done-notice.module.css';

/**
 * Says what was just done, as the URL tells after a redirect (see `withDone`); `number` is the incident's. It is said
 * to screen readers too, and takes the focus when the button that was pressed is gone with the old page.
 */
export function DoneNotice({ number }: { number?: number }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { key } = useLocation();
  const announce = useAnnounce();
  const notice = useRef<HTMLParagraphElement>(null);
  const found = doneFrom(params);
  const words = found ? t(`incidents.done.${found.done}`, { number: number ?? found.number }) : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation says it anew
  useEffect(() => {
    if (!words) return;
    announce(words);
    if (document.activeElement === document.body) notice.current?.focus({ preventScroll: true });
    forgetDone();
  }, [words, key, announce]);

  if (!words) return null;
  const Icon = found?.done === 'unchanged' ? IconInfoCircle : IconCircleCheck;
  return (
    <p ref={notice} tabIndex={-1} className={classes.notice} data-done={found?.done}>
      <Icon size={18} aria-hidden />
      {words}
    </p>
  );
}

/** Takes the words out of the address, so that a reload or a copied link does not say them again. */
function forgetDone(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete('done');
  url.searchParams.delete('number');
  window.history.replaceState(window.history.state, '', url);
}
