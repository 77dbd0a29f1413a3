import { Link } from '@remix-run/react';
import { useEffect } from 'react';
import type { CertificateOutcome } from '../../../server/privacy/certificate.rules.ts';
import type { CertificateCheck } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useAnnounce } from '../ui/announce.tsx';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '../ui/icons.ts';
import classes from './check.module.css';

const TONES: Record<CertificateOutcome | 'unreadable', keyof typeof ICONS> = {
  genuine: 'good',
  altered: 'bad',
  other_kept: 'bad',
  unknown_request: 'warn',
  other_key: 'warn',
  unsealed: 'warn',
  unreadable: 'warn',
};

const ICONS = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX };

/** What the check of a certificate found: the sum of it, then each part. */
export function CheckResult({ check }: { check: CertificateCheck }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { outcome, verdict, privacy_request_id: id } = check;
  const sum = outcome ?? 'unreadable';
  const tone = TONES[sum];
  const words = t(`privacy.check.outcome.${sum}`);
  const Icon = ICONS[tone];
  useEffect(() => {
    if (check) announce(words);
  }, [check, words, announce]);
  return (
    <section className={`g-card ${classes.result}`} data-tone={tone} aria-labelledby="outcome">
      <h2 id="outcome">
        <Icon size={20} aria-hidden /> {words}
      </h2>
      <p>{t(`privacy.check.meaning.${sum}`)}</p>
      {verdict ? (
        <ul>
          <li>{t(`privacy.check.intact.${verdict.intact ? 'yes' : 'no'}`)}</li>
          <li>{t(`privacy.check.seal.${verdict.seal}`)}</li>
          <li>{t(`privacy.check.known.${verdict.known ? 'yes' : 'no'}`)}</li>
          {verdict.known ? <li>{t(`privacy.check.same.${verdict.same ? 'yes' : 'no'}`)}</li> : null}
          {verdict.recorded === null ? null : <li>{t(`privacy.check.recorded.${verdict.recorded ? 'yes' : 'no'}`)}</li>}
        </ul>
      ) : null}
      {id ? (
        <p>
          <Link to={`/privacy/${id}`}>{t('privacy.check.see_request')}</Link>
        </p>
      ) : null}
    </section>
  );
}
