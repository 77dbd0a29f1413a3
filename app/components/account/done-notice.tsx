import { useEffect, useRef } from 'react';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import classes from './account.module.css';

/** Says that what the person asked for was done; the keyboard goes on from here. */
export function DoneNotice({ words }: { words: string }) {
  const announce = useAnnounce();
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    announce(words);
    notice.current?.focus({ preventScroll: true });
    notice.current?.scrollIntoView({ block: 'nearest' });
  }, [announce, words]);
  return (
    <p ref={notice} tabIndex={-1} className={classes.done} data-tone="good">
      <IconCircleCheck size={18} aria-hidden /> {words}
    </p>
  );
}
