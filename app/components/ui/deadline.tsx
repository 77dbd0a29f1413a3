import { useTranslation } from '../../i18n/use-translation.ts';
import type { Standing } from './deadline-words.ts';
import { Time } from './time.tsx';

/** The last day of a period, as the desk's calendar has it, and with `zone` where that day is counted. */
export function DueDay({ request, at, zone = false }: { request: Standing; at?: string; zone?: boolean }) {
  return (
    <>
      <Time at={at ?? request.due_at} day timeZone={request.time_zone} />
      {zone ? <span className="g-dimmed"> ({request.time_zone})</span> : null}
    </>
  );
}

/** Says of the deadlines of a list in which zone their days are. */
export function DeskDays({ requests }: { requests: readonly Standing[] }) {
  const { t } = useTranslation();
  const zone = requests[0]?.time_zone;
  return zone ? <span className="g-dimmed">{t('privacy.days_of_zone', { zone })}</span> : null;
}
