import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson, type Person } from '../testing/people.ts';
import type { Caller } from '../trpc/router.ts';

let desk: TestDesk;
let customer: Person;
let incident: { id: string; version: number };
let request: { id: string };
beforeAll(async () => {
  desk = await openTestDesk();
  customer = await addPerson(desk.sql, {});
  const given = { user_id: customer.id, category: 'account', title: 'Title', description: 'Words' } as const;
  incident = await desk.callerAs('support').incidents.create(given);
  request = await desk.callerAs(customer).privacy.own.create({ kind: 'access' });
});
afterAll(() => desk.close());

let attempts = 0;

/** The event that an attempt leaves which is refused or fails. */
async function eventOf(who: Parameters<TestDesk['callerAs']>[0], attempt: (caller: Caller) => Promise<unknown>) {
  const requestId = `attempt-${++attempts}`;
  await expect(attempt(desk.callerAs(who, requestId))).rejects.toBeDefined();
  const events = await desk.sql<{ action: string; status: string; subject_user_id: string | null }>(
    'select action, status, subject_user_id from audit_event where request_id = $1',
    [requestId],
  );
  expect(events).toHaveLength(1);
  return events[0];
}

describe('an attempt belongs to the dossier of whom it is about', () => {
  test.each(['support', 'user', null] as const)('refused to %s', async (who) => {
    // A customer, and somebody who is not signed in, choose nobody's dossier.
    const subject = { status: 'denied', subject_user_id: who === 'support' ? customer.id : null };
    const { id } = incident;
    expect(await eventOf(who, (caller) => caller.privacy.retry({ id: request.id }))).toMatchObject(subject);
    if (who === 'support') return;
    expect(await eventOf(who, (caller) => caller.incidents.update({ id, priority: 'high' }))).toMatchObject(subject);
    expect(await eventOf(who, (caller) => caller.privacy.approve({ id: request.id }))).toMatchObject(subject);
    expect(await eventOf(who, (caller) => caller.privacy.approve({ id: request.id.toUpperCase() }))).toMatchObject(
      subject,
    );
  });

  test('whoever else an unchecked input names', async () => {
    const forged = { id: incident.id, title: 'x', user_id: desk.people.user.id };
    const attempt = (who: 'user' | 'support') =>
      eventOf(who, (caller) => caller.incidents.update({ ...forged, version: 99 }));
    expect(await attempt('user')).toMatchObject({ status: 'denied', subject_user_id: null });
    const approval = { id: request.id, user_id: desk.people.user.id };
    expect(await eventOf('support', (caller) => caller.privacy.approve(approval))).toMatchObject({
      subject_user_id: customer.id,
    });
  });

  test('failed', async () => {
    const subject = { status: 'failed', subject_user_id: customer.id };
    const { id } = incident;
    expect(await eventOf('ops', (caller) => caller.incidents.update({ id, title: 'x', version: 99 }))).toMatchObject(
      subject,
    );
    expect(await eventOf('ops', (caller) => caller.privacy.retry({ id: request.id }))).toMatchObject(subject);
    expect(await eventOf('user', (caller) => caller.privacy.own.cancel({ id: request.id }))).toMatchObject({
      status: 'failed',
      subject_user_id: null,
    });
    const { audit_events } = await desk.callerAs('support').dossier.get({ user_id: customer.id });
    expect(audit_events.map(({ status }) => status)).toContain('denied');
  });

  test('of nobody when there is nothing of that id', async () => {
    const id = '01890000-0000-7000-8000-000000000000';
    const nobody = { subject_user_id: null };
    expect(await eventOf('user', (caller) => caller.incidents.update({ id, title: 'x' }))).toMatchObject(nobody);
    expect(await eventOf('ops', (caller) => caller.privacy.approve({ id }))).toMatchObject(nobody);
    expect(await eventOf(null, (caller) => caller.audit.list())).toMatchObject(nobody);
  });
});

describe('the action of an attempt follows from what is asked', () => {
  const [update, close, reopen] = ['update', 'close', 'reopen'].map((act) => `support_incident_${act}`);
  const attempt = (who: 'user' | 'support', input: Parameters<Caller['incidents']['update']>[0]) =>
    eventOf(who, (caller) => caller.incidents.update(input));

  test('closing, whoever is refused it and why', async () => {
    const closing = { id: incident.id, status: 'closed' } as const;
    expect(await attempt('user', closing)).toMatchObject({ action: close, status: 'denied' });
    expect(await attempt('support', { ...closing, version: 99 })).toMatchObject({ action: close, status: 'failed' });
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect(await attempt('support', { ...closing, id: unknown })).toMatchObject({ action: close, status: 'failed' });
  });

  test('moving out of closed is reopening as soon as the incident is read, an update before', async () => {
    const { id } = incident;
    await desk.callerAs('support').incidents.update({ id, status: 'closed' });
    expect(await attempt('support', { id, status: 'open' })).toMatchObject({ action: reopen, status: 'failed' });
    expect(await attempt('support', { id, status: 'closed' })).toMatchObject({ action: close, status: 'failed' });
    expect(await attempt('user', { id, status: 'open' })).toMatchObject({ action: update, status: 'denied' });
    expect(await attempt('support', { id, title: 'x', version: 99 })).toMatchObject({ action: update });
  });
});
