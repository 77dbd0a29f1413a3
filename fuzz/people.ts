import pg from 'pg';
import { legalCalendar } from '../db/legal-calendar.ts';
import { buildIncident, buildPrivacyRequest, buildSubscription, buildUser } from '../db/seed/factories.ts';
import { insertRows } from '../db/seed/rows.ts';
import { hashPassword } from '../server/identity/password.ts';
import { PASSWORD } from '../server/testing/people.ts';
import type { Credentials, Who } from './input.ts';
import { CUSTOMERS, INCIDENTS, OF_EACH, PEOPLE, REQUESTS } from './known.ts';

/** Fills a database with what inputs name. */
export async function seed(databaseUrl: string): Promise<void> {
  const calendar = legalCalendar();
  const password_hash = await hashPassword(PASSWORD);
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const asking = REQUESTS.map(({ user_id: id, email }) => ({ id, email }));
    await insertRows(client, 'app_user', [
      ...PEOPLE.map((person) => buildUser({ ...person, password_hash })),
      ...[...CUSTOMERS, ...asking].map(({ id, email }) => buildUser({ id, email })),
    ]);
    await insertRows(
      client,
      'subscription',
      CUSTOMERS.slice(1).map(({ id: user_id }) => buildSubscription({ user_id })),
    );
    await insertRows(
      client,
      'incident',
      INCIDENTS.map((incident) => buildIncident(incident)),
    );
    await insertRows(
      client,
      'privacy_request',
      REQUESTS.map(({ email: _email, ...request }) => buildPrivacyRequest(calendar, request)),
    );
  } finally {
    await client.end();
  }
}

/** Who is signed in, by turns; people are signed in when their turn first comes, and again when they were signed out. */
export class SignedIn {
  readonly #port: number;
  readonly #known = new Map<string, Promise<Credentials>>();

  constructor(port: number) {
    this.#port = port;
  }

  async as(who: Who, index: number): Promise<Credentials | null> {
    if (who === 'nobody') return null;
    const email = `${who}.${index % OF_EACH}@fuzz.example`;
    const known = this.#known.get(email) ?? this.#signIn(email);
    this.#known.set(email, known);
    return known;
  }

  /** After an answer by which somebody is not signed in any more. */
  forget(who: Who, index: number): void {
    this.#known.delete(`${who}.${index % OF_EACH}@fuzz.example`);
  }

  async #signIn(email: string): Promise<Credentials> {
    const api = await this.#post('/v1/auth/login', JSON.stringify({ email, password: PASSWORD }), 'application/json');
    const page = await this.#post(
      '/login',
      new URLSearchParams({ email, password: PASSWORD }).toString(),
      'application/x-www-form-urlencoded',
    );
    const { data } = (await api.json()) as { data?: { access_token: string } };
    // Somebody who was erased goes on as nobody.
    return {
      token: data?.access_token ?? 'none',
      cookie: page.headers.get('set-cookie')?.split(';')[0] ?? 'none=none',
    };
  }

  #post(path: string, body: string, type: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      redirect: 'manual',
    });
  }
}
