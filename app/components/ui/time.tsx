import { useTranslation } from '../../i18n/use-translation.ts';
import { useFormat } from './use-format.ts';

/**
 * An instant, in the page's language and time zone, the exact time and its zone on hover. With `now` (ISO, from the loader) it is
 * relative (`3 hr ago`), for lists; `exact` shows seconds; `day` shows no time. With `timeZone` it is in that
 * zone instead of the page's. Null shows `empty` or an em dash.
 */
export function Time({
  at,
  now,
  exact = false,
  day = false,
  timeZone,
  empty = '—',
}: {
  at: string | null | undefined;
  now?: string;
  exact?: boolean;
  day?: boolean;
  timeZone?: string;
  empty?: string;
}) {
  const { t } = useTranslation();
  const format = useFormat(timeZone);
  if (!at) return <span className="g-dimmed">{empty}</span>;
  if (Number.isNaN(Date.parse(at))) return <span className="g-dimmed">{t('time.unknown')}</span>;
  const words = now ? format.relative(at, now) : exact ? format.exact(at) : day ? format.date(at) : format.dateTime(at);
  return (
    // Browsers differ in the spaces that they put into dates.
    <time dateTime={at} title={format.zoned(at)} data-relative={now ? '' : undefined} suppressHydrationWarning>
      {words}
    </time>
  );
}
