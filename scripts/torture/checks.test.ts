import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../server/testing/desk.ts';
import { CHECKS, parametersOf } from './checks.ts';
import type { Noted } from './ledger.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

/** The names of the checks that find something. */
async function found(noted: Noted[]): Promise<string[]> {
  const names: string[] = [];
  for (const check of CHECKS) {
    if ((await desk.sql(check.sql, parametersOf(check, noted))).length > 0) names.push(check.name);
  }
  return names;
}

test('what is as it was acknowledged has no fault; each fault that is planted is found by its check', async () => {
  const key = { 'idempotency-key': 'one', 'content-type': 'application/json' };
  const incident = { user_id: desk.people.user.id, category: 'account', title: 'One', description: 'Text' };
  const answer = await desk.fetch(
    '/v1/support/incidents',
    { method: 'POST', headers: key, body: JSON.stringify(incident) },
    'support',
  );
  const { data } = (await answer.json()) as { data: { id: string } };
  const noted: Noted = {
    ...{ type: 'incident', id: data.id, key: 'one', actor: desk.people.support.id, kind: '' },
    ...{ status: 'open', version: 1, acts: { support_incident_create: 1 } },
  };
  expect(await found([noted])).toEqual([]);

  expect(await found([{ ...noted, version: 2, status: 'closed' }])).toEqual(['lost']);
  expect(await found([{ ...noted, status: 'closed' }])).toEqual(['lost']);
  expect(await found([])).toEqual(['doubled', 'events too many']);
  expect(await found([{ ...noted, acts: { support_incident_create: 2 } }])).toEqual(['events missing']);
  expect(await found([{ ...noted, acts: {} }])).toEqual(['events too many']);
  expect(await found([{ ...noted, key: 'another' }])).toEqual(['half rows']);
  await desk.sql('update incident set version = 2 where id = $1', [noted.id]);
  expect(await found([noted])).toEqual(['doubled']);
  await desk.sql('update incident set version = 1 where id = $1', [noted.id]);

  const request = await desk.callerAs('user').privacy.own.create({ kind: 'access' });
  const asked: Noted = {
    ...{ type: 'privacy_request', id: request.id, key: '', actor: desk.people.user.id, kind: 'erasure' },
    ...{ status: 'requested', version: 1, acts: { privacy_request_create: 1 } },
  };
  expect(await found([noted, asked])).toEqual([]);
  const set = (status: string) =>
    desk.sql('update privacy_request set status = $2 where id = $1', [request.id, status]);
  await set('approved');
  expect(await found([noted, { ...asked, status: 'approved' }])).toEqual(['without a job', 'not carried out']);
  await set('completed');
  expect(await found([noted, { ...asked, status: 'approved' }])).toEqual(['half rows', 'jobs done twice']);
  await set('failed');
  expect(await found([noted, { ...asked, status: 'approved' }])).toEqual([
    'jobs done twice',
    'failed',
    'not carried out',
  ]);
});
