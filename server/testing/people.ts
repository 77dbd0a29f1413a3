import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../identity/roles.rules.ts';
import { newSecretToken, secretTokenHash } from '../identity/secret-token.ts';
import type { Actor } from '../request-context.ts';

export const PASSWORD = 'a long test password';

export type Person = Actor & { email: string };

type Sql = (text: string, parameters: unknown[]) => Promise<unknown>;

/** Keeps what signing in by the API leaves: the id of a family of refresh tokens, which access tokens name. */
export async function addFamily(sql: Sql, userId: string, signedInAt = new Date()): Promise<string> {
  const familyId = uuidv7();
  await sql(
    `insert into refresh_token (id, family_id, token_hash, user_id, created_at, signed_in_at, expires_at)
     values ($1, $2, $3, $4, $5, $5, $5::timestamptz + interval '30 days')`,
    [uuidv7(), familyId, secretTokenHash(newSecretToken()), userId, signedInAt],
  );
  return familyId;
}

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
