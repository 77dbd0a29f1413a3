import pg from 'pg';
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { buildSubscription, buildUser } from '../db/seed/factories.ts';
import { insertRows } from '../db/seed/rows.ts';
import { demoEmail } from './fixtures.ts';

export type Customer = { id: string; name: string; email: string };

/** Works on the database of the product under test, shared with its server. */
async function onDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const embedded = process.env.DATABASE_URL ? null : await startEmbeddedPostgres(process.env.GUICHET_E2E_DATA ?? '');
  const client = new pg.Client({ connectionString: embedded?.url ?? process.env.DATABASE_URL });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
    await embedded?.stop();
  }
}

/** A customer of the test's own, who reads French, pays 17.45 euros a month and signs in with the demo's password. */
export function freshCustomer(): Promise<Customer> {
  return onDatabase(async (client) => {
    const { rows } = await client.query<{ password_hash: string }>(
      'select password_hash from app_user where email = $1',
      [demoEmail('user')],
    );
    const mark = crypto.randomUUID().slice(0, 8);
    const name = `Zoë <i>Quokka</i> & "Ünal" ${mark}`;
    const email = `zoe.quokka.${mark}@traces.example`;
    const user = buildUser({ name, email, locale: 'fr', password_hash: rows[0]?.password_hash ?? null });
    await insertRows(client, 'app_user', [user]);
    await insertRows(client, 'subscription', [buildSubscription({ user_id: user.id, price_cents: 1_745 })]);
    return { id: user.id, name, email };
  });
}

/** An agent of the test's own, who signs in with the demo's password: others do not use the account meanwhile. */
export function freshAgent(role: 'support' | 'ops'): Promise<Customer> {
  return onDatabase(async (client) => {
    const { rows } = await client.query<{ password_hash: string }>(
      'select password_hash from app_user where email = $1',
      [demoEmail(role)],
    );
    const mark = crypto.randomUUID().slice(0, 8);
    const email = `${role}.${mark}@demo.example`;
    const user = buildUser({ name: `Agent ${mark}`, email, role, password_hash: rows[0]?.password_hash ?? null });
    await insertRows(client, 'app_user', [user]);
    return { id: user.id, name: user.name, email };
  });
}

/** Makes it long ago that somebody with this e-mail last gave their password, in every browser of theirs. */
export function passwordGivenLongAgo(email: string): Promise<void> {
  return onDatabase(async (client) => {
    await client.query(
      `update session set authenticated_at = now() - interval '11 minutes'
       where user_id = (select id from app_user where email = $1)`,
      [email],
    );
  });
}

/** Has the customer's export, or erasure, wait at its beginning, so that it is seen under way. */
export function whileWorkWaits({ id }: Customer, work: () => Promise<void>): Promise<void> {
  return onDatabase(async (client) => {
    await client.query('begin');
    await client.query('select 1 from app_user where id = $1 for update', [id]);
    await work();
    await client.query('rollback');
  });
}

/** Has a request look like one of the version that counted deadlines to the instant. */
export function madeBeforeCalendarDays(id: string): Promise<void> {
  return onDatabase(async (client) => {
    await client.query('update privacy_request set clock_rule = null where id = $1', [id]);
  });
}
