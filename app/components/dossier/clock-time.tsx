import { useTranslation } from '../../i18n/use-translation.ts';
import { dateFormat } from '../ui/date-format.ts';
import { useFormat } from '../ui/use-format.ts';
import { useRootData } from '../ui/use-root-data.ts';

/** The time of day of an instant, below a heading that names its day; the whole of it on hover. */
export function ClockTime({ at }: { at: string }) {
  const locale = useLocale();
  const { timeZone } = useRootData();
  const { zoned } = useFormat();
  const clock = dateFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  return (
    <time dateTime={at} title={zoned(at)} suppressHydrationWarning>
      {clock.format(new Date(at))}
    </time>
  );
}

/** A day as `dayIn` names it: today and yesterday (seen from the day `today`) by these words, others with their weekday. */
export function DayName({ day, today }: { day: string; today: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const noon = new Date(`${day}T12:00:00Z`);
  const words = dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric',
  }).format(noon);
  const daysAgo = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  const near = daysAgo === 0 ? t('dossier.today') : daysAgo === 1 ? t('dossier.yesterday') : null;
  return (
    <time dateTime={day} suppressHydrationWarning>
      {near ? `${near} · ${words}` : words}
    </time>
  );
}

function useLocale(): string {
  const { i18n } = useTranslation();
  return i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
}
