import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../../server/identity/roles.rules.ts';
import type { Account } from './api.ts';
import { connected } from './database.ts';

export const PASSWORD = 'a long password of the torture';

/** Puts a person into the database, with so many incidents that are closed already. */
export async function addPerson(
  url: string,
  { role = 'user', incidents = 0, passwordHash }: { role?: Role; incidents?: number; passwordHash: string },
): Promise<Account> {
  const id = uuidv7();
  const email = `${id}@torture.example`;
  await connected(url, async (client) => {
    await client.query('begin');
    await client.query(
      `insert into app_user (id, email, name, role, locale, password_hash, created_at, updated_at)
       values ($1, $2, $3, $4, 'en', $5, now(), now())`,
      [id, email, `Person ${id}`, role, passwordHash],
    );
    await client.query(
      `insert into incident (id, user_id, category, title, description, status, priority, version, created_at,
         updated_at, closed_at)
       select gen_random_uuid(), $1, 'account', 'Before the torture ' || n, repeat('As it was. ', 20), 'closed', 'low',
         1, now(), now(), now() from generate_series(1, $2::int) n`,
      [id, incidents],
    );
    await client.query('commit');
  });
  return { id, email, password: PASSWORD };
}
