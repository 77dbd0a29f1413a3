import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { can, ROLES } from '../identity/roles.rules.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';
import type { Caller } from '../trpc/router.ts';
import { firstDeadline } from './deadline.rules.ts';
import {
  isPrivacyActFor,
  PRIVACY_ACT_RULES,
  PRIVACY_ACTS,
  PRIVACY_KINDS,
  PRIVACY_STATUSES,
  type PrivacyAct,
  type PrivacyKind,
  type PrivacyStatus,
} from './privacy.rules.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

/** A request in any status, of a customer of its own, received an hour ago. */
async function requestIn(status: PrivacyStatus, kind: PrivacyKind = 'access', received = '1 hour') {
  const person = await addPerson((text, parameters) => desk.sql(text, parameters), {});
  const id = uuidv7();
  await desk.sql(
    `insert into privacy_request (id, user_id, kind, status, received_at, first_due_at, due_at, created_at, updated_at,
       identity_means, identity_checked_on, identity_checked_at)
     select $1, $2, $3, $4, at, at + interval '1 month', at + interval '1 month', at, at, 'document', at, at
     from (select now() - $5::interval as at) r`,
    [id, person.id, kind, status, received],
  );
  return { id, person };
}

const calls: Record<PrivacyAct, (caller: Caller) => Caller['privacy']['approve']> = {
  verify_identity: (caller) => (input) => caller.privacy.verifyIdentity({ ...input, means: 'document' }),
  approve: (caller) => caller.privacy.approve,
  deny: (caller) => caller.privacy.deny as Caller['privacy']['approve'],
  extend: (caller) => caller.privacy.extend as Caller['privacy']['approve'],
  retry: (caller) => caller.privacy.retry,
  complete: (caller) => caller.privacy.complete,
  cancel: (caller) => caller.privacy.cancel,
};

async function act(name: PrivacyAct, id: string, who: Parameters<TestDesk['callerAs']>[0] = 'ops', version?: number) {
  try {
    return await calls[name](desk.callerAs(who))({ id, reason: 'because of the test', version });
  } catch (error) {
    return error as { errorCode: string; details: Record<string, unknown> };
  }
}

const stateOf = async (id: string) =>
  (
    await desk.sql<{ status: PrivacyStatus; version: number }>(
      'select status, version from privacy_request where id = $1',
      [id],
    )
  )[0];

const eventsOf = (id: string) =>
  desk.sql<{
    action: string;
    status: string;
    actor_role: string;
    details: Record<string, unknown>;
    subject_user_id: string;
  }>(
    `select action, status, actor_role, details, subject_user_id from audit_event
     where target_id = $1 order by created_at, id`,
    [id],
  );

const jobsOf = (id: string) => desk.sql('select 1 from graphile_worker.jobs where key = $1', [`privacy_request:${id}`]);

describe.each(PRIVACY_ACTS)('%s', (name) => {
  const rule = PRIVACY_ACT_RULES[name];

  test.each(PRIVACY_STATUSES)('of a request that is %s, by every role and for every kind', async (from) => {
    for (const kind of PRIVACY_KINDS) {
      for (const role of ROLES) {
        const { id } = await requestIn(from, kind);
        const before = await stateOf(id);
        const answer = await act(name, id, role);
        const after = await stateOf(id);
        if (!can(role, rule.permission)) {
          expect(answer).toMatchObject({ errorCode: 'insufficient_role' });
          expect(after).toEqual(before);
        } else if (isPrivacyActFor(name, from, kind)) {
          expect(answer).toMatchObject({ status: rule.to ?? from, version: 2 });
          expect(after).toEqual({ status: rule.to ?? from, version: 2 });
        } else {
          expect(answer).toMatchObject({
            errorCode: 'privacy_request_invalid_transition',
            details: { from, to: rule.to ?? from },
          });
          expect(after).toEqual(before);
        }
      }
    }
  });
});

describe('an act', () => {
  test('leaves its event with from and to, and nothing of the reason', async () => {
    const { id, person } = await requestIn('identity_check');
    await act('deny', id);
    expect(await eventsOf(id)).toEqual([
      {
        action: 'privacy_request_deny',
        status: 'success',
        actor_role: 'ops',
        subject_user_id: person.id,
        details: { kind: 'access', from: 'identity_check', to: 'denied' },
      },
    ]);
    const [row] = await desk.sql(
      'select reason, decided_at is not null as decided from privacy_request where id = $1',
      [id],
    );
    expect(row).toEqual({ reason: 'because of the test', decided: true });
  });

  test('with a stale version is refused and kept as failed', async () => {
    const { id } = await requestIn('requested');
    expect(await act('approve', id, 'ops', 7)).toMatchObject({
      errorCode: 'privacy_request_version_conflict',
      details: { expected: 7, actual: 1 },
    });
    expect(await stateOf(id)).toEqual({ status: 'requested', version: 1 });
    expect(await eventsOf(id)).toMatchObject([{ action: 'privacy_request_approve', status: 'failed' }]);
  });

  test('of two agents at once is done by one', async () => {
    const { id } = await requestIn('requested');
    const answers = await Promise.all([act('approve', id, 'ops', 1), act('approve', id, 'ops', 1)]);
    expect(answers.filter((answer) => 'status' in answer && answer.status === 'approved')).toHaveLength(1);
    expect((await eventsOf(id)).filter((event) => event.status === 'success')).toHaveLength(1);
  });

  test('on nothing is refused', async () => {
    expect(await act('approve', uuidv7())).toMatchObject({ errorCode: 'privacy_request_not_found' });
  });
});

describe('approving an erasure', () => {
  const asked =
    (who: 'support' | 'ops' | 'user' = 'user', kind: PrivacyKind = 'erasure') =>
    async () => {
      const { person } = await requestIn('denied');
      if (who === 'user') return desk.callerAs(person).privacy.own.create({ kind });
      return desk.callerAs(who).privacy.create({ user_id: person.id, kind });
    };
  const check = (id: string) => desk.callerAs('support').privacy.verifyIdentity({ id, means: 'known_channel' });
  const secondOps = () => addPerson((text, values) => desk.sql(text, values), { role: 'ops' });

  test.each([
    'requested',
    'identity_check',
  ] as const)('needs a recorded check of who asks, also at %s', async (status) => {
    const { id } = await asked()();
    await desk.sql('update privacy_request set status = $2 where id = $1', [id, status]);
    expect(await act('approve', id)).toMatchObject({ errorCode: 'identity_not_verified' });
    expect(await jobsOf(id)).toHaveLength(0);
    expect((await eventsOf(id)).at(-1)).toMatchObject({ action: 'privacy_request_approve', status: 'failed' });
    await check(id);
    expect(await act('approve', id)).toMatchObject({ status: 'approved' });
  });

  test('needs somebody else than the agent who asked on behalf', async () => {
    const { id } = await asked('ops')();
    await check(id);
    expect(await act('approve', id)).toMatchObject({ errorCode: 'second_person_required' });
    expect(await stateOf(id)).toMatchObject({ status: 'identity_check' });
    expect(await act('approve', id, await secondOps())).toMatchObject({ status: 'approved' });
  });

  test('is all that needs it', async () => {
    for (const kind of ['access', 'rectification'] as const) {
      const { id } = await asked('ops', kind)();
      expect(await act('approve', id)).toMatchObject({ status: 'approved' });
    }
  });
});

describe('an identity check', () => {
  const checked = async (input: object) => {
    const { id } = await requestIn('requested', 'erasure');
    return desk.callerAs('support').privacy.verifyIdentity({ id, ...input } as never);
  };

  test('is kept with its means, day, agent and note, and can be recorded again', async () => {
    const { id, person } = await requestIn('requested', 'erasure');
    const support = desk.callerAs('support').privacy;
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    await support.verifyIdentity({ id, means: 'code', checked_on: day, note: 'Sent to the address we know.' });
    expect(await support.get({ id })).toMatchObject({
      status: 'identity_check',
      identity_check: { means: 'code', checked_on: day, checked_by: desk.people.support.id },
      identity_note: 'Sent to the address we know.',
    });
    expect((await support.get({ id })).allowed_transitions).not.toContain('identity_check');
    await desk.callerAs('ops').privacy.verifyIdentity({ id, means: 'document' });
    expect(await support.get({ id })).toMatchObject({
      status: 'identity_check',
      version: 3,
      identity_check: { means: 'document', checked_by: desk.people.ops.id },
      identity_note: null,
    });
    expect(JSON.stringify(await eventsOf(id))).not.toContain('address');
    const own = await desk.callerAs({ ...desk.people.user, id: person.id }).privacy.own.get({ id });
    expect(own.identity_check).toMatchObject({ means: 'document', checked_by: null });
  });

  test.each([
    {},
    { means: 'handshake' },
    { means: 'code', checked_on: '2999-01-01' },
    { means: 'code', checked_on: '2020-01-01' },
    { means: 'code', note: ' ' },
    { means: 'code', note: 'x'.repeat(1_001) },
    { means: 'code', checked_by: '01a20393-887d-7207-b1a2-56b2c78bc4a8' },
  ])('with %j is refused', async (input) => {
    await expect(checked(input)).rejects.toMatchObject({ errorCode: 'validation_failed' });
  });
});

describe('asking on behalf', () => {
  const ask = async (input: { received_on?: string; reason?: string; details?: string } = {}) => {
    const { person } = await requestIn('denied');
    return desk.callerAs('support').privacy.create({ user_id: person.id, kind: 'access', ...input });
  };

  test('keeps who asked and why, tells the customer, and leaves nothing of it in the event', async () => {
    const asked = await ask({ reason: 'By letter, signed.', details: 'All of it.' });
    expect(asked).toMatchObject({
      requested_by: desk.people.support.id,
      on_behalf_reason: 'By letter, signed.',
      details: 'All of it.',
    });
    const person = { ...desk.people.user, id: asked.user_id };
    expect(await desk.callerAs(person).privacy.own.get({ id: asked.id })).toMatchObject({
      on_behalf_reason: 'By letter, signed.',
    });
    const [event] = await eventsOf(asked.id);
    expect(event).toMatchObject({ action: 'privacy_request_create', subject_user_id: asked.user_id });
    expect(JSON.stringify(event)).not.toContain('letter');
  });

  test('has the clock run from the day on which the wish reached us', async () => {
    const { calendar } = desk.desk;
    const day = calendar.dayOf(new Date(Date.now() - 5 * 86_400_000));
    const asked = await ask({ received_on: day });
    expect(asked.received_at).toBe(calendar.noonOf(day).toISOString());
    expect(asked.due_at).toBe(firstDeadline(new Date(asked.received_at), calendar).toISOString());
    expect(Date.parse(asked.created_at)).toBeGreaterThan(Date.parse(asked.received_at));
  });

  test.each([
    { received_on: '2999-01-01' },
    { received_on: '2020-01-01' },
    { received_on: '2026-02-30' },
    { received_on: 'yesterday' },
    { reason: ' ' },
    { reason: 'x'.repeat(2_001) },
  ])('with %j is refused', async (input) => {
    await expect(ask(input)).rejects.toMatchObject({ errorCode: 'validation_failed' });
  });
});

describe('approval', () => {
  test('enqueues the processing in its transaction, but for a rectification', async () => {
    const [access, rectification] = [await requestIn('requested'), await requestIn('requested', 'rectification')];
    await act('approve', access.id);
    await act('approve', rectification.id);
    expect(await jobsOf(access.id)).toHaveLength(1);
    expect(await jobsOf(rectification.id)).toHaveLength(0);
  });

  test('that is refused enqueues nothing', async () => {
    const { id } = await requestIn('denied');
    await act('approve', id);
    expect(await jobsOf(id)).toHaveLength(0);
  });

  test.each(['support', 'ops'] as const)('of the erasure of an account of role %s is refused', async (role) => {
    const { id, person } = await requestIn('requested', 'erasure');
    await desk.sql('update app_user set role = $2 where id = $1', [person.id, role]);
    expect(await act('approve', id)).toMatchObject({
      errorCode: 'erasure_blocked',
      details: { reason: 'agent_account' },
    });
  });

  test.each(['open', 'in_progress'])('of an erasure while an incident is %s is refused', async (status) => {
    const { id, person } = await requestIn('requested', 'erasure');
    await desk.sql(
      `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at)
       values (gen_random_uuid(), $1, 'account', 'A title', 'A description', $2, 'low', now(), now())`,
      [person.id, status],
    );
    expect(await act('approve', id)).toMatchObject({
      errorCode: 'erasure_blocked',
      details: { reason: 'open_incidents' },
    });
    expect(await stateOf(id)).toEqual({ status: 'requested', version: 1 });
  });
});

describe('completion by hand', () => {
  test('passes through processing, with an event of each step', async () => {
    const { id } = await requestIn('approved', 'rectification');
    await act('complete', id);
    expect((await eventsOf(id)).map(({ action, details }) => [action, details.from, details.to])).toEqual([
      ['privacy_request_process', 'approved', 'processing'],
      ['privacy_request_complete', 'processing', 'completed'],
    ]);
  });
});

describe('an extension', () => {
  test('moves the deadline to three months after receipt, once', async () => {
    const { id } = await requestIn('requested');
    const extended = (await act('extend', id)) as { received_at: string; due_at: string; first_due_at: string };
    expect(extended.due_at > extended.first_due_at).toBe(true);
    expect(await act('extend', id)).toMatchObject({ errorCode: 'privacy_request_already_extended' });
  });

  test('comes too late after the first deadline', async () => {
    const { id } = await requestIn('requested', 'access', '2 months');
    expect(await act('extend', id)).toMatchObject({ errorCode: 'privacy_request_deadline_passed' });
  });
});

describe('over REST', () => {
  const post = (path: string, body: unknown, who: Parameters<TestDesk['fetch']>[2]) =>
    desk.fetch(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      who,
    );

  test('an act answers 200 with the request, and its version as ETag', async () => {
    const { id } = await requestIn('requested');
    const answer = await post(`/v1/support/privacy-requests/${id}/verify_identity`, { means: 'document' }, 'support');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(await answer.json()).toMatchObject({ data: { id, status: 'identity_check' } });
  });

  test.each([
    '',
    '   ',
    'x'.repeat(2_001),
    undefined,
  ])('a denial without a proper reason is refused', async (reason) => {
    const { id } = await requestIn('requested');
    const answer = await post(`/v1/support/privacy-requests/${id}/deny`, { reason }, 'ops');
    expect(answer.status).toBe(400);
    expect(await stateOf(id)).toEqual({ status: 'requested', version: 1 });
  });

  test('a customer takes back their own, and sees nothing of another', async () => {
    const { id, person } = await requestIn('requested');
    const other = await requestIn('requested');
    const refused = await post(`/v1/privacy/requests/${other.id}/cancel`, {}, person);
    expect([refused.status, (await refused.json()).error.code]).toEqual([404, 'privacy_request_not_found']);
    expect((await post(`/v1/privacy/requests/${id}/cancel`, {}, person)).status).toBe(200);
    expect(await stateOf(id)).toEqual({ status: 'canceled', version: 2 });
    expect((await post(`/v1/privacy/requests/${id}/cancel`, {}, person)).status).toBe(409);
  });

  test('a customer reads what was done, and of nobody else who they are', async () => {
    // A window of its own: a person leaves twenty refusals a minute.
    await desk.desk.refusals.closeWindow();
    const person = await addPerson((text, parameters) => desk.sql(text, parameters), {});
    const { id } = await desk.callerAs('support').privacy.create({ user_id: person.id, kind: 'access' });
    expect((await desk.fetch(`/v1/privacy/requests/${id}/archive`, {}, 'user')).status).toBe(404);
    await act('verify_identity', id, 'support');
    expect(await act('approve', id, 'support')).toMatchObject({ errorCode: 'insufficient_role' });
    expect(await act('cancel', id, person)).toMatchObject({ errorCode: 'insufficient_role' });
    const [listed, own] = [
      (await desk.callerAs(person).privacy.own.list({})).items[0],
      await desk.callerAs(person).privacy.own.get({ id }),
    ];
    expect([listed?.requested_by, own.requested_by]).toEqual([null, null]);
    expect(
      own.history.map(({ action, status, actor_id, actor_role }) => [action, status, actor_id, actor_role]),
    ).toEqual([
      ['privacy_request_create', 'success', null, 'support'],
      ['privacy_request_verify_identity', 'success', null, 'support'],
      ['privacy_request_cancel', 'denied', person.id, 'user'],
    ]);
    const names = JSON.stringify(own);
    for (const { name, id: other } of [desk.people.support, desk.people.ops]) {
      expect(names).not.toContain(name);
      expect(names).not.toContain(other);
    }
    const all = await desk.callerAs('ops').privacy.get({ id });
    expect(all.history.length).toBeGreaterThan(own.history.length);
    expect(all.requested_by).toBe(desk.people.support.id);
  });

  test('nobody can bury the history of a request under attempts', async () => {
    const { id, person } = await requestIn('requested');
    await desk.sql(
      `insert into audit_event (id, request_id, actor_id, actor_role, action, target_type, target_id, subject_user_id,
         status, details, created_at)
       select gen_random_uuid(), 'flood-0001', $2, 'user', 'privacy_request_approve', 'privacy_request', $1::text, $2,
         'denied', '{}', now() - interval '1 minute' from generate_series(1, 150)`,
      [id, person.id],
    );
    await act('verify_identity', id, 'support');
    for (const who of ['ops' as const, person]) {
      const caller = desk.callerAs(who);
      const { history } = await (who === 'ops' ? caller.privacy.get({ id }) : caller.privacy.own.get({ id }));
      expect(history).toHaveLength(100);
      expect(history.at(-1)).toMatchObject({ action: 'privacy_request_verify_identity', status: 'success' });
    }
  });

  test('a double click makes one request', async () => {
    const { person } = await requestIn('denied');
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/privacy/requests', { kind: 'access' }, person)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });
});
