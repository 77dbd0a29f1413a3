import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { openOrm, startDatabase } from '../database.ts';
import { parseEnv } from '../env.ts';
import { email } from './identity.schema.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './password.rules.ts';
import { passwordFault } from './password-strength.ts';
import { AGENT_ROLES } from './roles.rules.ts';
import { createStaff, revokeStaff } from './staff.ts';

const USAGE = `Usage: npm run staff -- create --email E --role ${AGENT_ROLES.join('|')} [--name N]
       npm run staff -- revoke --email E
The password of create is read from GUICHET_PASSWORD or standard input (${PASSWORD_MIN} characters or more).`;

const newStaff = z.strictObject({
  email,
  role: z.enum(AGENT_ROLES),
  name: z.string().trim().min(1).max(200).optional(),
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

const formerStaff = z.strictObject({ email });

function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => (path.length ? `--${path.join('.')}: ` : '') + message);
  throw new Error(`${faults.join('\n')}\n${USAGE}`);
}

async function withDatabase<T>(work: (em: SqlEntityManager) => Promise<T>): Promise<T> {
  const database = await startDatabase(parseEnv({ ...process.env, NODE_ENV: 'development' }));
  try {
    const orm = await openOrm(database.url, 2);
    return await work(orm.em.fork()).finally(() => orm.close(true));
  } finally {
    await database.stop();
  }
}

async function create(given: object): Promise<string> {
  const password = process.env.GUICHET_PASSWORD ?? (await text(process.stdin)).replace(/\r?\n$/, '');
  const staff = parsed(newStaff, { ...given, password });
  const fault = passwordFault(password, staff);
  if (fault) throw new Error(`The password ${fault}: take a longer one, without names or common words.`);
  await withDatabase((em) => createStaff(em, staff, new Date()));
  return `${staff.email} can sign in as ${staff.role}.`;
}

async function revoke(given: object): Promise<string> {
  const former = parsed(formerStaff, given);
  const { assigned } = await withDatabase((em) => revokeStaff(em, former.email, new Date()));
  const left = assigned > 0 ? ` Unfinished incidents still assigned to them: ${assigned}.` : '';
  return `${former.email} is a customer now, and signed out everywhere.${left}`;
}

const COMMANDS = new Map(Object.entries({ create, revoke }));

async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { email: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } },
  });
  const command = COMMANDS.get(positionals.join());
  if (!command) throw new Error(USAGE);
  return command({ ...values });
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
