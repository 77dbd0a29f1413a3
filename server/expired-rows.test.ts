import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeExpiredRows } from './expired-rows.ts';
import type { PrivacyStatus } from './privacy/privacy.rules.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { addPerson } from './testing/people.ts';

test('what has expired goes, and what has not stays', async () => {
  const desk = await openTestDesk();
  try {
    const now = new Date();
    for (const [key, hours] of [
      ['old', -1],
      ['new', 1],
    ] as const) {
      const expires = new Date(now.getTime() + hours * 3_600_000);
      await desk.sql(
        `insert into idempotency_key (actor_id, key, fingerprint, status, body, created_at, expires_at)
         values ($1, $2, 'f', 201, '{}', now(), $3)`,
        [desk.people.ops.id, key, expires],
      );
      await desk.sql(
        `insert into session (id, token_hash, user_id, created_at, expires_at) values (gen_random_uuid(), $1, $2, now(), $3)`,
        [key, desk.people.ops.id, expires],
      );
    }
    await removeExpiredRows(desk.orm, now);
    expect(await desk.sql('select key from idempotency_key')).toEqual([{ key: 'new' }]);
    expect(await desk.sql('select token_hash from session')).toEqual([{ token_hash: 'new' }]);
  } finally {
    await desk.close();
  }
});

describe('archives', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
  });
  afterAll(() => desk.close());

  async function archiveOf(status: PrivacyStatus, expires: string): Promise<string> {
    const id = uuidv7();
    const person = await addPerson(desk.sql, {});
    await desk.sql(
      `insert into privacy_request
         (id, user_id, kind, status, received_at, first_due_at, due_at, version, created_at, updated_at)
       values ($1, $2, 'access', $3, now(), now(), now(), 1, now(), now())`,
      [id, person.id, status],
    );
    await desk.sql(
      `insert into privacy_archive (request_id, size_bytes, sha256, created_at, expires_at)
       values ($1, 1, '', now(), now() + $2::interval)`,
      [id, expires],
    );
    await desk.sql("insert into privacy_archive_chunk (archive_request_id, ordinal, bytes) values ($1, 0, 'x')", [id]);
    return id;
  }

  const kept = async () => {
    const rows = await desk.sql<{ id: string }>('select archive_request_id as id from privacy_archive_chunk');
    return rows.map(({ id }) => id);
  };

  test('lose their bytes when they have expired, whatever became of their job', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 25; n++) ids.push(await archiveOf('completed', '-1 minute'));
    const lasting = await archiveOf('completed', '1 minute');
    await removeExpiredRows(desk.orm, new Date());
    expect(await kept()).toEqual([lasting]);
    const removed = await desk.sql('select 1 from privacy_archive where removed_at is not null');
    expect(removed).toHaveLength(ids.length);
    await desk.sql('delete from privacy_archive');
  });

  test('lose their bytes when nobody will be given them', async () => {
    for (const status of ['denied', 'canceled'] as const) await archiveOf(status, '14 days');
    const wanted = [await archiveOf('processing', '14 days'), await archiveOf('completed', '14 days')];
    await removeExpiredRows(desk.orm, new Date());
    expect((await kept()).sort()).toEqual(wanted.sort());
  });
});
