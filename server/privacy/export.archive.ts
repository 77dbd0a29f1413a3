import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import yazl from 'yazl';
import type { Locale } from '../users/users.schema.ts';
import { keepArchive } from './archive.keep.ts';
import { indexPage } from './export.page.ts';
import { countRows, type Row, rowBatches, SHOWN_TABLES } from './export.rows.ts';
import { PrivacyObstacle } from './obstacle.ts';

/** What an archive is made for, and whom it tells how far it has come. */
export type ArchiveOrder = {
  databaseUrl: string;
  requestId: string;
  userId: string;
  /** Of the desk, in which deadlines are told. */
  timeZone: string;
  mark(mark: 'exporting' | 'exported'): Promise<void>;
  tell(done: number, total: number): void;
};

/**
 * Makes and keeps the archive of a request, in one transaction. Reads on one connection, in one snapshot, and writes on
 * another, so that neither waits for the other's turn.
 * @throws PrivacyObstacle when the account was erased
 */
export async function makeArchive(order: ArchiveOrder): Promise<void> {
  const { databaseUrl, requestId, userId } = order;
  await inTransaction(databaseUrl, 'begin', async (writer) => {
    const person = await livingPerson(writer, userId);
    await inTransaction(databaseUrl, 'begin isolation level repeatable read read only', async (reader) => {
      await reader.query("set local time zone 'UTC'");
      await order.mark('exporting');
      const zip = await zipOf(reader, order, person.locale);
      try {
        await keepArchive(writer, requestId, zip.bytes, new Date());
      } finally {
        await zip.stop();
      }
    });
    await order.mark('exported');
  });
}

// The lock has an erasure wait until the archive is kept, so that it finds and removes it.
async function livingPerson(client: pg.ClientBase, userId: string): Promise<{ locale: Locale }> {
  const { rows } = await client.query<{ locale: Locale }>(
    'select locale from app_user where id = $1 and erased_at is null for key share',
    [userId],
  );
  if (!rows[0]) throw new PrivacyObstacle('account_erased');
  return rows[0];
}

async function inTransaction(databaseUrl: string, begin: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that is lost fails the query in hand.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(begin);
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await work(client);
    await client.query('commit');
  } finally {
    // What is not committed goes with the connection.
    await client.end();
  }
}

/** The bytes of the archive, made as they are read; `stop` returns once nothing reads the database any more. */
async function zipOf(
  reader: pg.ClientBase,
  { requestId, userId, timeZone, tell }: ArchiveOrder,
  locale: Locale,
): Promise<{ bytes: AsyncIterable<Buffer>; stop(): Promise<void> }> {
  const counts = new Map<string, number>();
  for (const { name, table } of SHOWN_TABLES) counts.set(name, await countRows(reader, name, table, userId));
  // Every row is read twice: once for its file, once for the page.
  const total = 2 * [...counts.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;

  async function* batches({ name, table }: (typeof SHOWN_TABLES)[number]): AsyncGenerator<string[]> {
    for await (const batch of rowBatches(reader, name, table, userId)) {
      const begun = performance.now();
      yield batch;
      done += batch.length;
      tell(done, total);
      // As long a rest as the work took: a month is left for this, the requests of others are to feel little of it.
      await sleep(performance.now() - begun);
    }
  }

  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  // Whoever reads the output meets its error; it may come before anybody reads.
  output.on('error', () => {});
  const sources: Readable[] = [];
  const mtime = new Date();
  const add = (name: string, text: () => AsyncGenerator<string>) => {
    zip.addReadStreamLazy(name, { mtime, compress: true }, (give) => {
      const source = Readable.from(text(), { objectMode: false });
      sources.push(source);
      // yazl tells nobody when a source fails: the archive would hang.
      source.on('error', (error) => output.destroy(error));
      give(null, source);
    });
  };
  const made = { at: mtime.toISOString(), requestId, timeZone };
  add('index.html', () => indexPage(locale, made, SHOWN_TABLES, counts, (shown) => parsed(batches(shown))));
  for (const shown of SHOWN_TABLES) add(`${shown.file}.json`, () => jsonArray(batches(shown)));
  zip.end();
  const closed = (source: Readable) => (source.closed ? undefined : once(source, 'close').catch(() => {}));
  return {
    bytes: output as AsyncIterable<Buffer>,
    async stop() {
      await Promise.all(sources.map((source) => closed(source.destroy())));
    },
  };
}

async function* jsonArray(batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  let first = true;
  yield '[';
  for await (const batch of batches) {
    yield `${first ? '' : ','}\n${batch.join(',\n')}`;
    first = false;
  }
  yield '\n]\n';
}

async function* parsed(batches: AsyncIterable<string[]>): AsyncGenerator<Row[]> {
  for await (const batch of batches) yield batch.map((row) => JSON.parse(row) as Row);
}
