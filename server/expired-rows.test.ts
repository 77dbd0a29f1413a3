import { expect, test } from 'vitest';
import { removeExpiredRows } from './expired-rows.ts';
import { openTestDesk } from './testing/desk.ts';

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
