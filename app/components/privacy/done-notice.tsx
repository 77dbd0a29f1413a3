import { useSearchParams } from '@remix-run/react';
import { useEffect } from 'react';
import { PRIVACY_ACT_RULES, PRIVACY_ACTS, type PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import classes from './request-page.module.css';

const DONE = ['create', ...PRIVACY_ACTS] as const;

function leadsTo(done: (typeof DONE)[number]): PrivacyStatus | null {
  return done === 'create' ? 'requested' : PRIVACY_ACT_RULES[done].to;
}

/** Says that the act named by the URL's `done` was done, as long as the request has not moved on. */
export function DoneNotice({ status }: { status: PrivacyStatus }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [params] = useSearchParams();
  const done = DONE.find((one) => one === params.get('done') && (leadsTo(one) ?? status) === status);
  const words = done ? t(`privacy.done.${done}`) : null;
  useEffect(() => {
    if (words) announce(words);
  }, [words, announce]);
  return words ? (
    <p className={`${classes.done} g-screen-only`}>
      <IconCircleCheck size={18} aria-hidden /> {words}
    </p>
  ) : null;
}
