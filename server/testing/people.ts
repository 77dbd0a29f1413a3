import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../identity/roles.rules.ts';
import type { Actor } from '../request-context.ts';

export const PASSWORD = 'a long test password';

export type Person = Actor & { email: string };

type Sql = (text: string, parameters: unknown[]) => Promise<unknown>;

/** Keeps a person; without a password hash they cannot sign in. */
export async function addPerson(
  sql: Sql,
  {
    role = 'user',
    name,
    email,
    passwordHash = null,
  }: { role?: Role; name?: string; email?: string; passwordHash?: string | null },
): Promise<Person> {
  const id = uuidv7();
  const person = { id, role, name: name ?? `A ${role}`, email: email ?? `${id}@test.example` };
  await sql(
    `insert into app_user (id, email, name, role, locale, password_hash, created_at, updated_at)
     values ($1, $2, $3, $4, 'en', $5, now(), now())`,
    [person.id, person.email, person.name, person.role, passwordHash],
  );
  return person;
}
