import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../identity/password.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { addPerson, PASSWORD } from '../testing/people.ts';
import { needlesOf } from './erasure.ts';
import type { PrivacyKind, PrivacyStatus } from './privacy.rules.ts';

let desk: TestDesk;
let jobs: TestJobs;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const person = (as: Parameters<typeof addPerson>[1] = {}) => addPerson((text, values) => desk.sql(text, values), as);
const detail = (id: string) => desk.callerAs('ops').privacy.get({ id });

test.each([
  [{ email: 'Ada@Example.org', name: ' Ada  Quokka ' }, ['ada@example.org', 'ada  quokka']],
  [{ email: 'ada@example.org', name: 'Open' }, ['ada@example.org']],
  [{ email: null, name: '李伟' }, []],
  [{ email: null, name: 'Zoë Ünal' }, ['zoë ünal']],
])('of %j the erasure searches %j', (who, needles) => {
  expect(needlesOf(who)).toEqual(needles);
});

test.each(['Open', 'Access', 'Fields', 'Ebba'])('somebody named %s can be erased', async (name) => {
  const who = await person({ name });
  const incident = await desk
    .callerAs('support', `crm-${name.toLowerCase()}-0001`)
    .incidents.create({ user_id: who.id, category: 'account', title: 'x', description: 'x', priority: 'high' });
  await desk.callerAs('support').incidents.update({ id: incident.id, status: 'closed' });
  await approvedRequest(desk, who, 'access');
  await jobs.runDue();
  const id = await approvedRequest(desk, who, 'erasure');
  await jobs.runDue();
  expect(await detail(id)).toMatchObject({ status: 'completed', certificate: { remaining: 0 } });
});

describe('what else the person had asked for ends with the account', () => {
  const begun: [PrivacyKind, PrivacyStatus, PrivacyStatus, string[]][] = [
    ['rectification', 'requested', 'canceled', ['cancel']],
    ['rectification', 'identity_check', 'canceled', ['cancel']],
    ['rectification', 'approved', 'denied', ['process', 'fail', 'deny']],
    ['access', 'processing', 'denied', ['fail', 'deny']],
    ['access', 'failed', 'denied', ['deny']],
  ];

  test.each(begun)('a request for %s that is %s is then %s', async (kind, status, ended, steps) => {
    const who = await person();
    const other = await desk.callerAs(who).privacy.own.create({ kind, details: 'My old name.' });
    await desk.sql('update privacy_request set status = $2 where id = $1', [other.id, status]);
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
    const request = await detail(other.id);
    expect(request).toMatchObject({ status: ended, details: null, reason: null, allowed_acts: [] });
    const moves = request.history.filter((event) => event.actor_role === 'system');
    expect(moves.map((event) => event.action)).toEqual(steps.map((step) => `privacy_request_${step}`));
    expect(moves.every((event) => event.details.reason === 'account_erased')).toBe(true);
  });
});

test('a refresh of a sign-in and an erasure do not wait for each other', async () => {
  const passwordHash = await hashPassword(PASSWORD);
  for (let round = 0; round < 3; round++) {
    const who = await person({ passwordHash });
    const { refresh_token } = await desk.callerAs(null).auth.login({ email: who.email, password: PASSWORD });
    await approvedRequest(desk, who, 'erasure');
    let refreshed: Promise<unknown> = Promise.resolve();
    await jobs.runDue((mark) => {
      if (mark === 'erasing') {
        refreshed = desk
          .callerAs(null)
          .auth.refresh({ refresh_token })
          .catch((error: unknown) => error);
      }
    });
    expect(await refreshed).toMatchObject({ errorCode: 'unauthenticated' });
  }
});
