import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';
import yazl from 'yazl';
import { type Attempt, assertGoingOn, type JobDesk } from '../jobs/job.ts';
import { enqueueArchiveExpiry } from '../jobs/queue.ts';
import type { Locale } from '../users/users.schema.ts';
import { findArchive, keepArchive } from './archive.store.ts';
import { sealed } from './canonical-json.ts';
import { indexPage } from './export.page.ts';
import { countRows, type Row, rowBatches, SHOWN_TABLES } from './export.rows.ts';
import { moveByDesk, PrivacyObstacle, type Processing, progressTeller } from './processing.ts';

/** Time that clocks of instances and database may differ. */
const CLOCK_MARGIN_MS = 60_000;

/**
 * Answers an access request (GDPR Art. 15, 20): a ZIP of all that the register shows of the person, as JSON and as a
 * page to read, kept for download. First the archive is kept, then the request completed; each once.
 * @throws PrivacyObstacle when the account was erased meanwhile
 */
export async function exportPersonalData(desk: JobDesk, processing: Processing, attempt: Attempt): Promise<void> {
  if (!(await findArchive(desk.orm.em.fork(), processing.id))) await makeArchive(desk, processing, attempt);
  attempt.at('kept');
  await desk.orm.em.fork().transactional(async (em) => {
    const archive = await findArchive(em, processing.id);
    if (!archive || archive.removed) throw new PrivacyObstacle('account_erased');
    const expires = archive.expires_at;
    const certificate = sealed({
      kind: 'access',
      privacy_request_id: processing.id,
      user_id: processing.userId,
      request_id: processing.requestId,
      completed_at: new Date().toISOString(),
      archive: { sha256: archive.sha256, size_bytes: archive.size_bytes, expires_at: expires.toISOString() },
    });
    const moved = await moveByDesk(em, processing, 'privacy_request_complete', {}, (request) => {
      request.certificate = certificate;
    });
    if (moved) await enqueueArchiveExpiry(em, processing.id, new Date(expires.getTime() + CLOCK_MARGIN_MS));
  });
}

/** Reads on one connection, in one snapshot, and writes on another, so that neither waits for the other's turn. */
async function makeArchive(desk: JobDesk, processing: Processing, attempt: Attempt): Promise<void> {
  await inTransaction(desk.pool, 'begin', async (writer) => {
    const person = await livingPerson(writer, processing.userId);
    await inTransaction(desk.pool, 'begin isolation level repeatable read read only', async (reader) => {
      await reader.query("set local time zone 'UTC'");
      attempt.at('exporting');
      const zip = await zipOf(reader, desk, processing, attempt, person.locale);
      try {
        await keepArchive(writer, processing.id, zip.bytes, new Date());
      } finally {
        await zip.stop();
      }
    });
    attempt.at('exported');
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

async function inTransaction(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<void>) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The bytes of the archive, made as they are read; `stop` returns once nothing reads the database any more. */
async function zipOf(
  reader: pg.ClientBase,
  desk: JobDesk,
  processing: Processing,
  attempt: Attempt,
  locale: Locale,
): Promise<{ bytes: AsyncIterable<Buffer>; stop(): Promise<void> }> {
  const counts = new Map<string, number>();
  for (const { name, table } of SHOWN_TABLES) counts.set(name, await countRows(reader, name, table, processing.userId));
  // Every row is read twice: once for its file, once for the page.
  const total = 2 * [...counts.values()].reduce((sum, count) => sum + count, 0);
  const tell = progressTeller(desk, processing);
  let done = 0;

  async function* batches({ name, table }: (typeof SHOWN_TABLES)[number]): AsyncGenerator<string[]> {
    for await (const batch of rowBatches(reader, name, table, processing.userId)) {
      assertGoingOn(attempt);
      yield batch;
      done += batch.length;
      await tell('export', done, total);
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
  const made = { at: mtime.toISOString(), requestId: processing.id };
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
