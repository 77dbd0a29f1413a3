const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in the greatest decimal unit that leaves at least one, with at most one digit after the point. */
export function byteWords(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value * 10) / 10 >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  const style = { style: 'unit', unit: UNITS[unit], unitDisplay: unit === 0 ? 'long' : 'short' } as const;
  return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 1 }).format(value);
}
