import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../privacy/deadline.rules.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson, type Person } from '../testing/people.ts';
import { LIVE_SAMPLE } from './ops.rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let desk: TestDesk;
let agent: Person;
beforeAll(async () => {
  desk = await openTestDesk();
  agent = await addPerson(desk.sql, { role: 'support', name: 'Busy Agent' });
});
afterAll(() => desk.close());

const ago = (ms: number) => new Date(Date.now() - ms);
const dashboard = () => desk.callerAs('ops').ops.dashboard();

async function addIncident(row: {
  status: string;
  priority?: string;
  assignee?: string;
  created?: Date;
  resolved?: Date;
  title?: string;
}): Promise<string> {
  const id = uuidv7();
  const created = row.created ?? ago(HOUR);
  await desk.sql(
    `insert into incident (id, user_id, category, title, description, status, priority, assignee_id, created_at,
       updated_at, resolved_at, closed_at) values ($1, $2, 'account', $3, 'x', $4, $5, $6, $7, $7, $8, $9)`,
    [
      id,
      desk.people.user.id,
      row.title ?? 'An incident',
      row.status,
      row.priority ?? 'low',
      row.assignee ?? null,
      created,
      row.resolved ?? null,
      row.status === 'closed' ? (row.resolved ?? created) : null,
    ],
  );
  return id;
}

async function addEvent(action: string, status: string, at: Date): Promise<void> {
  await desk.sql(
    `insert into audit_event (id, request_id, actor_role, action, target_type, status, details, created_at)
     values ($1, 'a-request', 'support', $2, 'incident', $3, '{}', $4)`,
    [uuidv7(), action, status, at],
  );
}

async function addRequest(kind: string, status: string, due: Date): Promise<void> {
  const person = await addPerson(desk.sql, {});
  await desk.sql(
    `insert into privacy_request (id, user_id, kind, status, received_at, first_due_at, due_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6, $5, $5)`,
    [uuidv7(), person.id, kind, status, ago(40 * DAY), due],
  );
}

describe('the dashboard', () => {
  it('of an empty desk has nothing but the days', async () => {
    const { incidents, privacy, refusals } = await dashboard();
    expect(incidents).toMatchObject({
      open: { count: 0, capped: false },
      in_progress: { count: 0, capped: false },
      by_priority: [],
      sampled: false,
      oldest_unassigned: [],
      load: [],
      resolution: null,
    });
    expect(incidents.days).toHaveLength(14);
    expect(incidents.days.at(-1)).toEqual({ day: desk.desk.calendar.dayOf(new Date()), opened: 0, closed: 0 });
    expect(privacy).toEqual([]);
    expect(refusals).toEqual({ acts: [], sign_ins: 0 });
  });

  it('counts what is open and in progress, by priority and by agent', async () => {
    const oldest = await addIncident({ status: 'open', priority: 'high', created: ago(9 * DAY), title: 'The oldest' });
    await addIncident({ status: 'open', priority: 'high', assignee: agent.id });
    await addIncident({ status: 'in_progress', priority: 'low', assignee: agent.id });
    await addIncident({ status: 'in_progress', assignee: desk.people.support.id });
    await addIncident({ status: 'resolved', resolved: ago(0), created: ago(2 * HOUR) });
    const { incidents } = await dashboard();
    expect(incidents.open.count).toBe(2);
    expect(incidents.in_progress.count).toBe(2);
    expect(incidents.by_priority).toContainEqual({ status: 'open', priority: 'high', count: 2 });
    expect(incidents.oldest_unassigned).toMatchObject([{ id: oldest, title: 'The oldest', priority: 'high' }]);
    expect(incidents.load).toEqual([
      { agent_id: agent.id, agent_name: 'Busy Agent', open: 1, in_progress: 1, high: 1 },
      { agent_id: desk.people.support.id, agent_name: 'A support', open: 0, in_progress: 1, high: 0 },
    ]);
  });

  it('counts opened and closed by day, refused closings left out', async () => {
    await addEvent('support_incident_close', 'success', ago(0));
    await addEvent('support_incident_close', 'denied', ago(0));
    await addEvent('support_incident_close', 'success', ago(20 * DAY));
    const { days } = (await dashboard()).incidents;
    expect(days.reduce((sum, { closed }) => sum + closed, 0)).toBe(1);
    expect(days.reduce((sum, { opened }) => sum + opened, 0)).toBe(5);
    const oldest = desk.desk.calendar.dayOf(ago(9 * DAY));
    expect(days.find(({ day }) => day === oldest)?.opened).toBe(1);
  });

  it('tells how long resolving took, of those opened within thirty days', async () => {
    await desk.sql('delete from incident');
    for (const hours of [1, 2, 3, 4, 100]) {
      await addIncident({ status: 'resolved', created: ago(10 * DAY), resolved: ago(10 * DAY - hours * HOUR) });
    }
    await addIncident({ status: 'closed', created: ago(60 * DAY), resolved: ago(0) });
    const { resolution } = (await dashboard()).incidents;
    expect(resolution?.count).toBe(5);
    expect(resolution?.median_seconds).toBeCloseTo(3 * 3_600, 0);
    expect(resolution?.p90_seconds).toBeCloseTo((4 + 0.6 * 96) * 3_600, 0);
  });

  it('tells how the legal clocks stand, ended requests left out', async () => {
    await addRequest('access', 'requested', ago(DAY));
    await addRequest('access', 'approved', ago(-3 * DAY));
    await addRequest('access', 'failed', ago(-20 * DAY));
    await addRequest('access', 'completed', ago(DAY));
    await addRequest('erasure', 'requested', ago(-9 * DAY));
    const { privacy } = await dashboard();
    expect(privacy).toHaveLength(2);
    expect(privacy).toContainEqual({ kind: 'access', open: 3, overdue: 1, due_soon: 1 });
    expect(privacy).toContainEqual({ kind: 'erasure', open: 1, overdue: 0, due_soon: 0 });
  });

  it('counts refusals of the last day, sign-ins apart', async () => {
    await addEvent('auth_login', 'denied', ago(HOUR));
    await addEvent('support_incident_update', 'failed', ago(HOUR));
    await addEvent('support_incident_update', 'denied', ago(25 * HOUR));
    const { refusals } = await dashboard();
    expect(refusals.sign_ins).toBe(1);
    expect(refusals.acts).toEqual([
      { action: 'support_incident_close', denied: 1, failed: 0 },
      { action: 'support_incident_update', denied: 0, failed: 1 },
    ]);
  });

  it('looks into the oldest of a great backlog, and says so', async () => {
    await desk.sql(
      `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at)
       select gen_random_uuid(), $1, 'content', 'x', 'x', 'open', 'low', now() - n * interval '1 second', now()
       from generate_series(1, $2::int) n`,
      [desk.people.user.id, LIVE_SAMPLE + 1],
    );
    const { open, by_priority, sampled, oldest_unassigned } = (await dashboard()).incidents;
    expect(open).toEqual({ count: LIVE_SAMPLE + 1, capped: false });
    expect(by_priority).toEqual([{ status: 'open', priority: 'low', count: LIVE_SAMPLE }]);
    expect(sampled).toBe(true);
    expect(oldest_unassigned).toHaveLength(5);
  });

  it('is for operations alone', async () => {
    await expect(desk.callerAs('support').ops.dashboard()).rejects.toMatchObject({ errorCode: 'insufficient_role' });
    await expect(desk.callerAs(null).ops.dashboard()).rejects.toMatchObject({ errorCode: 'unauthenticated' });
    expect((await desk.fetch('/v1/ops/dashboard', {}, 'ops')).status).toBe(200);
  });
});

describe.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('the days of a desk in %s', (timeZone) => {
  it('begin and end in its zone', async () => {
    const far = await openTestDesk({ timeZone });
    try {
      const { calendar } = far.desk;
      const today = calendar.dayOf(new Date());
      const yesterday = addDays(today, -1);
      for (const at of [calendar.startOf(today), calendar.endOf(yesterday), calendar.startOf(yesterday)]) {
        await far.sql(
          `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at)
           values ($1, $2, 'account', 'A title', 'A description', 'open', 'low', $3, $3)`,
          [uuidv7(), far.people.user.id, at],
        );
      }
      const { incidents, time_zone } = await far.callerAs('ops').ops.dashboard();
      expect(time_zone).toBe(timeZone);
      expect(incidents.days.slice(-2)).toEqual([
        { day: yesterday, opened: 2, closed: 0 },
        { day: today, opened: 1, closed: 0 },
      ]);
    } finally {
      await far.close();
    }
  });
});
