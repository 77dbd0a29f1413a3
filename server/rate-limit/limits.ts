import { z } from 'zod';

/** `points` requests in `duration` seconds. */
export type Limit = { points: number; duration: number };

const limit = z.strictObject({
  points: z.int().min(1).max(1_000_000_000),
  duration: z.int().min(1).max(86_400),
});

/**
 * THE limits. A policy has one limit, or several by name.
 * `role` is a budget that all agents of the role share over the whole deployment: it protects the service, not a person.
 * Customers share none: what a few can use up shuts the others out.
 */
export const LIMITS = {
  /** calls per client address, each of a batch; a whole office may stand behind one */
  global: { points: 6000, duration: 60 },
  /** per role of agents */
  role: {
    support: { points: 30_000, duration: 60 },
    ops: { points: 30_000, duration: 60 },
  },
  /** per signed-in person; one page asks for several procedures */
  user: { points: 600, duration: 60 },
  /**
   * Attempts to sign in: `email` for one e-mail tried from one client address, `address` for the client address,
   * `everywhere` for one e-mail from all addresses. Past the last an attempt is delayed, never refused: else anybody
   * could keep anybody out.
   */
  login: {
    email: { points: 10, duration: 300 },
    address: { points: 30, duration: 300 },
    everywhere: { points: 5, duration: 300 },
  },
  /** changes of one incident by one person */
  incident_write: { points: 30, duration: 60 },
} as const satisfies Record<string, Limit | Record<string, Limit>>;

export type Policy = keyof typeof LIMITS;

export type Limits = {
  [P in Policy]: (typeof LIMITS)[P] extends Limit ? Limit : Record<keyof (typeof LIMITS)[P], Limit>;
};

/** One limit for every variant of a policy, or some of the variants by name. */
function variants<const T extends string>(names: readonly T[]) {
  const shape = Object.fromEntries(names.map((name) => [name, limit.optional()])) as Record<
    T,
    z.ZodOptional<typeof limit>
  >;
  return z.union(
    [limit, z.strictObject(shape)],
    `is neither {points, duration} nor one of these for ${names.join(', ')}`,
  );
}

const policies = z.strictObject({
  global: limit.optional(),
  role: variants(['support', 'ops']).optional(),
  user: limit.optional(),
  login: variants(['email', 'address', 'everywhere']).optional(),
  incident_write: limit.optional(),
});

export type LimitOverrides = z.infer<typeof policies> | 'off';

/** The RATE_LIMITS variable: `off`, or limits in JSON that replace the ones of the same name in {@link LIMITS}. */
export const limitOverrides = z.string().transform((value, context): LimitOverrides => {
  if (value.trim() === 'off') return 'off';
  const result = policies.safeParse(jsonOrUndefined(value));
  if (result.success) return result.data;
  const faults = jsonOrUndefined(value) === undefined ? ['is neither JSON nor the word off'] : faultsOf(result.error);
  for (const message of faults) context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function faultsOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: is not known`);
    }
    return [issue.path.join('.'), issue.message].filter(Boolean).join(': ');
  });
}

function jsonOrUndefined(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The limits in force: the defaults under `overrides`. */
export function limitsWith(overrides: Exclude<LimitOverrides, 'off'> = {}): Limits {
  return {
    global: overrides.global ?? LIMITS.global,
    role: withVariants(LIMITS.role, overrides.role),
    user: overrides.user ?? LIMITS.user,
    login: withVariants(LIMITS.login, overrides.login),
    incident_write: overrides.incident_write ?? LIMITS.incident_write,
  };
}

function withVariants<K extends string>(
  defaults: Record<K, Limit>,
  override: Limit | Partial<Record<K, Limit | undefined>> = {},
): Record<K, Limit> {
  const names = Object.keys(defaults) as K[];
  const chosen = (name: K) => (isLimit(override) ? override : (override[name] ?? defaults[name]));
  return Object.fromEntries(names.map((name) => [name, chosen(name)])) as Record<K, Limit>;
}

function isLimit(value: object): value is Limit {
  return 'points' in value;
}
