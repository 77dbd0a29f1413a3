import { z } from 'zod';

/** Text as PostgreSQL can keep it: well-formed Unicode without U+0000. Length in characters (code points), after trimming. */
export function text(min: number, max: number) {
  return z
    .string()
    .max(max * 4)
    .trim()
    .refine(isStorable, 'contains U+0000 or a lone surrogate')
    .refine((value) => characters(value) >= min, min === 1 ? 'is empty' : `has fewer than ${min} characters`)
    .refine((value) => characters(value) <= max, `has more than ${max} characters`)
    .meta({ minLength: min, maxLength: max });
}

function characters(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

export const id = z.uuid().toLowerCase().meta({ format: 'uuid' });

/** The id of something of any type: UUIDs in lower case, as they are kept. */
export const anyId = text(1, 128).transform((value) => id.safeParse(value).data ?? value);

/** ISO 8601, UTC, milliseconds. */
export const timestamp = z.iso.datetime({ offset: true });

/** An instant that somebody names, in the years 1 to 9999 that PostgreSQL and this process both read alike; made UTC. */
export const instant = timestamp
  .transform((value) => new Date(value).toISOString())
  .refine((value) => /^(?!0000)\d{4}-/.test(value), 'is not in the years 1 to 9999');

/** A whole number given as a number or, in a query string, as its digits. */
export function wholeNumber(min: number, max: number) {
  return z
    .union([
      z.number(),
      z
        .string()
        .regex(/^(?:0|-?[1-9]\d{0,8})$/, 'is not a whole number')
        .transform(Number),
    ])
    .pipe(z.number().int().min(min).max(max));
}

/** A yes or no given as a boolean or, in a query string, as `true` or `false`. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
  .pipe(z.boolean());

/** One or more of `values`: an array, or in a query string the values joined by commas. Typed callers name values. */
export function anyOf<const T extends readonly [string, ...string[]]>(values: T) {
  const known: z.ZodType<T[number][], unknown> = z
    .union([z.string().max(500), z.array(z.string().max(100)).max(50)])
    .transform((value) => [...new Set(typeof value === 'string' ? value.split(',') : value)])
    .pipe(z.array(z.enum(values)).min(1));
  return known as z.ZodType<T[number][], T[number] | readonly T[number][]>;
}

const page = { limit: wholeNumber(1, 100).default(20), cursor: z.string().min(1).max(512).optional() };

/**
 * What a paged list takes: filters, all optional, and `limit` rows (1..100, 20 unless told) from `cursor`, as handed out
 * by the page before. Nothing at all asks for the first page.
 */
export function pageInput<T extends Record<string, z.ZodOptional>>(filters: T) {
  const input = z.strictObject({ ...filters, ...page });
  return input.prefault({} as z.input<typeof input>);
}

/** The same for the list of one thing, which has to be named. */
export function pageOfOneInput<T extends Record<string, z.ZodType>>(named: T) {
  return z.strictObject({ ...named, ...page });
}

/** What a paged list gives. `total` is counted up to 10,000; past that `total_capped` is true. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    prev_cursor: z.string().nullable(),
    has_more: z.boolean(),
    total: z.number().int(),
    total_capped: z.boolean(),
  });
}

export type Page<T> = {
  items: T[];
  next_cursor: string | null;
  prev_cursor: string | null;
  has_more: boolean;
  total: number;
  total_capped: boolean;
};
