import pg from 'pg';

/** One statement on a connection of its own, since each kill ends those that are open. */
export async function query<Row>(url: string, text: string, parameters: unknown[] = []): Promise<Row[]> {
  return connected(url, async (client) => (await client.query(text, parameters)).rows as Row[]);
}

/** Work on one connection, closed at its end. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function answers(url: string): Promise<boolean> {
  return query(url, 'select 1').then(
    () => true,
    () => false,
  );
}
