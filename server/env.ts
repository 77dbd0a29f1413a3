import { z } from 'zod';
import { DEFAULT_TIME_ZONE, isHolidayCalendar, isTimeZone } from '../db/legal-calendar.ts';
import { limitOverrides } from './rate-limit/limits.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string().min(32, 'needs at least 32 characters');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(500).default(20),
  /** One address, or those of several nodes of a cluster joined by commas. */
  REDIS_URL: z
    .string()
    .refine(
      (urls) => urls.split(',').every((url) => z.url({ protocol: /^rediss?$/ }).safeParse(url.trim()).success),
      'Invalid URL',
    )
    .optional(),
  SESSION_SECRET: secret.optional(),
  JWT_SECRET: secret.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, abort: true })
    .refine(
      (url) => url.startsWith('https:') || isLoopback(new URL(url).hostname),
      'needs https: elsewhere than on their own machine browsers keep no sign-in over plain http',
    )
    .optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  METRICS_PORT: port.default(9464),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  DESK_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not the IANA name of a time zone, such as Europe/Paris')
    .default(DEFAULT_TIME_ZONE),
  /** Which days a legal deadline may not end on; the default follows from the zone. */
  PUBLIC_HOLIDAYS: z
    .string()
    .refine(isHolidayCalendar, 'is no calendar that is known: a country such as FR or DE-BY, weekends, or off')
    .optional(),
  RATE_LIMITS: limitOverrides.optional(),
  /** Set by `npm run demo`: demo data in an empty database, the built web app. */
  GUICHET_DEMO: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
});

export type Env = z.infer<typeof schema>;

/** Whether a host is the machine itself, where plain HTTP may carry a cookie. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
}

/** Every fault of the environment at once, a line each. */
export class EnvError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'EnvError';
    this.faults = faults;
  }
}

/**
 * Reads the settings, the only place that does. An empty variable counts as unset.
 * @throws EnvError naming every variable that does not parse or that production lacks
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  if (given.NODE_ENV === 'production') faults.push(...missingInProduction(given));
  if (faults.length > 0 || !result.success) throw new EnvError(faults);
  return result.data;
}

function missingInProduction(given: Record<string, string | undefined>): string[] {
  const missing = ['DATABASE_URL', 'SESSION_SECRET', 'JWT_SECRET'].filter((name) => !given[name]);
  const faults = missing.map((name) => `${name}: is required in production`);
  if (given.RATE_LIMITS?.trim() === 'off') faults.push('RATE_LIMITS: off is refused in production');
  return faults;
}
