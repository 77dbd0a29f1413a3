import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { User } from '../../db/entities/user.ts';
import { openOrm, startDatabase } from '../database.ts';
import { parseEnv } from '../env.ts';
import { email, PASSWORD_MAX, PASSWORD_MIN } from './identity.schema.ts';
import { hashPassword } from './password.ts';
import { AGENT_ROLES } from './roles.rules.ts';

const USAGE = `Usage: npm run staff -- create --email E --role ${AGENT_ROLES.join('|')} [--name N]
The password is read from GUICHET_PASSWORD or standard input (${PASSWORD_MIN} characters or more).`;

const arguments_ = z.object({
  email,
  role: z.enum(AGENT_ROLES),
  name: z.string().trim().min(1).max(200).optional(),
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

async function readArguments(): Promise<z.infer<typeof arguments_>> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { email: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } },
  });
  if (positionals.join() !== 'create') throw new Error(USAGE);
  const password = process.env.GUICHET_PASSWORD ?? (await text(process.stdin)).replace(/\r?\n$/, '');
  const result = arguments_.safeParse({ ...values, password });
  if (result.success) return result.data;
  throw new Error(
    `${result.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n')}\n${USAGE}`,
  );
}

async function create(): Promise<void> {
  const staff = await readArguments();
  const env = parseEnv({ ...process.env, NODE_ENV: 'development' });
  const database = await startDatabase(env);
  try {
    const orm = await openOrm(database.url, 2);
    const now = new Date();
    const em = orm.em.fork();
    em.create(User, {
      id: uuidv7(),
      email: staff.email,
      name: staff.name ?? staff.email.split('@')[0] ?? staff.email,
      role: staff.role,
      passwordHash: await hashPassword(staff.password),
      createdAt: now,
      updatedAt: now,
    });
    await em.flush().finally(() => orm.close(true));
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new Error(`${staff.email} has an account already.`);
    throw error;
  } finally {
    await database.stop();
  }
  process.stdout.write(`${staff.email} can sign in as ${staff.role}.\n`);
}

try {
  await create();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
