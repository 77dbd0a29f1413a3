const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export type DurationPart = { unit: (typeof UNITS)[number][0]; value: number };

/** A duration in its two greatest units, the rest rounded into the second: 199,540 s are 2 days and 7 hours. */
export function durationParts(seconds: number): DurationPart[] {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[first] ?? UNITS[3];
  const [lessUnit, lessSize] = UNITS[first + 1] ?? [null, 1];
  if (first === -1 || lessUnit === null) return [{ unit, value: whole }];
  const rounded = Math.round(whole / lessSize) * lessSize;
  const value = Math.floor(rounded / size);
  const rest = (rounded - value * size) / lessSize;
  return rest > 0
    ? [
        { unit, value },
        { unit: lessUnit, value: rest },
      ]
    : [{ unit, value }];
}

/** A duration in words, in the language of `locale`: `2 days 7 hr`. */
export function durationWords(seconds: number, locale: string): string {
  return durationParts(seconds)
    .map(({ unit, value }) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ');
}
