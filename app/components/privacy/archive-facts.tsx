import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconArchive } from '../ui/icons.ts';
import { Time } from '../ui/time.tsx';
import classes from './archive-facts.module.css';
import { byteWords } from './byte-words.ts';

/** The export that waits for its owner: how large it is, and until when they can download it. */
export function ArchiveFacts({ archive }: { archive: NonNullable<PrivacyRequestDetail['archive']> }) {
  const { t, i18n } = useTranslation();
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="archive">
      <IconArchive size={22} stroke={1.6} aria-hidden className={classes.icon} />
      <div>
        <h2 id="archive">{t('privacy.archive')}</h2>
        <p suppressHydrationWarning>
          ZIP, {byteWords(archive.size_bytes, i18n.language === 'fr' ? 'fr-FR' : 'en-GB')}.{' '}
          {t(archive.expired ? 'privacy.archive_expired' : 'privacy.archive_until')} <Time at={archive.expires_at} />
        </p>
        <p className="g-dimmed">{t('privacy.archive_owner')}</p>
      </div>
    </section>
  );
}
