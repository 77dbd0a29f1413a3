import { parseArgs } from 'node:util';
import { z } from 'zod';

/** Fixed, so that the same command makes the same data on every day. */
const DEFAULT_AS_OF = '2026-01-01T00:00:00.000Z';

const NUMBER = /^-?\d+(\.\d+)?$/;
// An option that is given without a value comes as true.
const number = z.string('needs a value').regex(NUMBER, 'is not a number').transform(Number);
const rate = (max: number) => number.pipe(z.number().min(0).max(max));

const schema = z.object({
  users: number.pipe(z.number().int('is not a whole number').min(1).max(20_000_000)),
  incidents: rate(100).prefault('2'),
  'audit-events': rate(1_000).prefault('5'),
  'privacy-requests': rate(3).prefault('0.02'),
  'as-of': z.iso.datetime({ offset: true, error: 'is not an ISO 8601 instant' }).prefault(DEFAULT_AS_OF),
  append: z.boolean('takes no value').default(false),
  'with-demo-sign-ins': z.boolean('takes no value').default(false),
});

/** How much to make: customers, and how many rows of each kind for each of them. */
export type BulkOptions = {
  users: number;
  incidentsPerUser: number;
  auditEventsPerUser: number;
  privacyRequestsPerUser: number;
  /** The instant at which the data stands still. */
  asOf: Date;
  append: boolean;
  withDemoSignIns: boolean;
};

export class BulkOptionsError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'BulkOptionsError';
  }
}

/** @throws BulkOptionsError with a line for each fault */
export function parseBulkOptions(args: readonly string[]): BulkOptions {
  const { values, tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      users: { type: 'string' },
      incidents: { type: 'string' },
      'audit-events': { type: 'string' },
      'privacy-requests': { type: 'string' },
      'as-of': { type: 'string' },
      append: { type: 'boolean' },
      'with-demo-sign-ins': { type: 'boolean' },
    },
  });
  const faults = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [`${token.value}: is not an option`];
    return token.kind === 'option' && !(token.name in schema.shape) ? [`${token.rawName}: is not an option`] : [];
  });
  const result = schema.safeParse(values);
  for (const issue of result.error?.issues ?? []) faults.push(`--${issue.path.join('.')}: ${missing(values, issue)}`);
  if (!result.success || faults.length > 0) throw new BulkOptionsError(faults);
  const given = result.data;
  return {
    users: given.users,
    incidentsPerUser: given.incidents,
    auditEventsPerUser: given['audit-events'],
    privacyRequestsPerUser: given['privacy-requests'],
    asOf: new Date(given['as-of']),
    append: given.append,
    withDemoSignIns: given['with-demo-sign-ins'],
  };
}

function missing(values: Record<string, unknown>, issue: z.core.$ZodIssue): string {
  return values[String(issue.path[0])] === undefined ? 'is required' : issue.message;
}
