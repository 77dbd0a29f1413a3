import { useTranslation } from '../../i18n/use-translation.ts';
import { dateFormat } from './date-format.ts';
import { useRootData } from './use-root-data.ts';

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const format = moneyFormats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
  moneyFormats.set(key, format);
  return format;
}

/** Where nobody told the time zone, times are in UTC and say so. */
function formats(locale: string, timeZone: string, zoneKnown: boolean) {
  const zone = zoneKnown ? {} : { timeZoneName: 'short' as const };
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const minute = { hour: '2-digit', minute: '2-digit' } as const;
  const dates = dateFormat(locale, { timeZone, ...day });
  const instants = dateFormat(locale, { timeZone, ...day, ...minute, ...zone });
  const seconds = dateFormat(locale, { timeZone, ...day, ...minute, second: '2-digit', ...zone });
  const zoned = dateFormat(locale, { timeZone, ...day, ...minute, second: '2-digit', timeZoneName: 'short' });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  // In short, a month ago reads "last mo" and two years "il y a 2 a".
  const longRelatives = new Intl.RelativeTimeFormat(locale);
  const numbers = new Intl.NumberFormat(locale);
  return {
    /** `22 Nov 2026` */
    date: (iso: string) => dates.format(new Date(iso)),
    /** `22 Nov 2026, 14:05` */
    dateTime: (iso: string) => instants.format(new Date(iso)),
    /** `22 Nov 2026, 14:05:09`, for audit */
    exact: (iso: string) => seconds.format(new Date(iso)),
    /** `25 Oct 2026, 02:30:00 CEST`: an hour that there are two of, told apart */
    zoned: (iso: string) => zoned.format(new Date(iso)),
    /** `3 hr ago`, counted from `now` so that server and browser agree */
    relative(iso: string, now: string) {
      const difference = (Date.parse(iso) - Date.parse(now)) / 1_000;
      const [unit, size] = UNITS.find(([, seconds]) => Math.abs(difference) >= seconds) ?? (['second', 1] as const);
      if (unit === 'second') return relatives.format(0, 'second');
      const words = unit === 'month' || unit === 'year' ? longRelatives : relatives;
      return words.format(Math.trunc(difference / size), unit);
    },
    number: (value: number) => numbers.format(value),
    /** An amount in hundredths of `currency` (ISO 4217), as the schema's `price_cents`. */
    money: (cents: number, currency: string) => moneyFormat(locale, currency).format(cents / 100),
  };
}

export type Format = ReturnType<typeof formats>;

/** One for each language and zone, for all rows of all pages. */
const kept = new Map<string, Format>();
const KEPT_AT_MOST = 100;

/** Dates, times, numbers and money in the language and time zone of the page; in another zone, times say which. */
export function useFormat(inZone?: string): Format {
  const { i18n } = useTranslation();
  const root = useRootData();
  const timeZone = inZone ?? root.timeZone;
  const timeZoneKnown = inZone === undefined && root.timeZoneKnown;
  const locale = i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
  const key = `${locale} ${timeZone} ${timeZoneKnown}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= KEPT_AT_MOST) kept.clear();
  const format = formats(locale, timeZone, timeZoneKnown);
  kept.set(key, format);
  return format;
}
