import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRootData } from './use-root-data.ts';

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Where nobody told the time zone, times are in UTC and say so. */
function formats(locale: string, timeZone: string, zoneKnown: boolean) {
  const zone = zoneKnown ? {} : { timeZoneName: 'short' as const };
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const minute = { hour: '2-digit', minute: '2-digit' } as const;
  const dates = new Intl.DateTimeFormat(locale, { timeZone, ...day });
  const instants = new Intl.DateTimeFormat(locale, { timeZone, ...day, ...minute, ...zone });
  const seconds = new Intl.DateTimeFormat(locale, { timeZone, ...day, ...minute, second: '2-digit', ...zone });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const numbers = new Intl.NumberFormat(locale);
  return {
    /** `22 Nov 2026` */
    date: (iso: string) => dates.format(new Date(iso)),
    /** `22 Nov 2026, 14:05` */
    dateTime: (iso: string) => instants.format(new Date(iso)),
    /** `22 Nov 2026, 14:05:09`, for audit */
    exact: (iso: string) => seconds.format(new Date(iso)),
    /** `3 hr. ago`, counted from `now` so that server and browser agree */
    relative(iso: string, now: string) {
      const difference = (Date.parse(iso) - Date.parse(now)) / 1_000;
      const [unit, size] = UNITS.find(([, seconds]) => Math.abs(difference) >= seconds) ?? (['second', 1] as const);
      if (unit === 'second') return relatives.format(0, 'second');
      return relatives.format(Math.trunc(difference / size), unit);
    },
    number: (value: number) => numbers.format(value),
    /** An amount in hundredths of `currency` (ISO 4217), as the schema's `price_cents`. */
    money: (cents: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100),
  };
}

export type Format = ReturnType<typeof formats>;

/** Dates, times, numbers and money in the language and time zone of the page. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const { timeZone, timeZoneKnown } = useRootData();
  const locale = i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
  return useMemo(() => formats(locale, timeZone, timeZoneKnown), [locale, timeZone, timeZoneKnown]);
}
