import { Link, useSearchParams } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import chips from '../ui/filter-chips.module.css';
import { withParams } from '../ui/search-params.ts';

const HOUR = 3_600_000;
const PERIODS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;

/** Links that start the search some time before `now` (ISO, from the loader), by the whole minute. */
export function PeriodLinks({ now }: { now: string }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  return (
    <fieldset className={chips.filter}>
      <legend>{t('audit.period')}</legend>
      {(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((period) => {
        const from = `${new Date(Date.parse(now) - PERIODS[period]).toISOString().slice(0, 16)}:00.000Z`;
        return (
          <Link
            key={period}
            to={`/audit${withParams(params, { from, to: null })}`}
            className={chips.chip}
            preventScrollReset
          >
            {t(`audit.last.${period}`)}
          </Link>
        );
      })}
    </fieldset>
  );
}
