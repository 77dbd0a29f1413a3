import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countDesk } from '../desk-counts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { addPerson } from '../testing/people.ts';
import { addDays, DUE_SOON_DAYS, extendedDeadline, firstDeadline } from './deadline.rules.ts';

const MINUTE = 60_000;
const FAR = ['Pacific/Kiritimati', 'Europe/Paris', 'America/Los_Angeles'];

describe.each(FAR)('the clock of a desk in %s', (timeZone) => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ timeZone });
  });
  afterAll(() => desk.close());

  const ask = async () => {
    const person = await addPerson(desk.sql, {});
    return desk.callerAs('support').privacy.create({ user_id: person.id, kind: 'access' });
  };
  /** An open request whose last day is so many days from today, due at this instant of it. */
  const dueIn = async (days: number, instant: 'startOf' | 'endOf' | 'noonOf') => {
    const { calendar } = desk.desk;
    const { id } = await ask();
    const due = calendar[instant](addDays(calendar.dayOf(new Date()), days));
    await desk.sql('update privacy_request set first_due_at = $2, due_at = $2 where id = $1', [id, due]);
    return id;
  };

  /** On a desk without requests; begun again when midnight comes in between, since what is due today then is late. */
  const withinOneDay = (run: () => Promise<void>) => async () => {
    const today = () => desk.desk.calendar.dayOf(new Date());
    const clear = () => desk.sql('delete from privacy_request');
    const begun = today();
    await clear();
    try {
      await run();
    } catch (error) {
      if (today() === begun) throw error;
      await clear();
      await run();
    }
  };

  test('ends with the last millisecond of the last day, in its zone', async () => {
    const asked = await ask();
    const { calendar } = desk.desk;
    expect(asked).toMatchObject({
      time_zone: timeZone,
      clock_rule: 'calendar_days',
      due_at: firstDeadline(new Date(asked.received_at), calendar).toISOString(),
      first_due_at: asked.due_at,
      overdue: false,
    });
    expect(calendar.dayOf(new Date(Date.parse(asked.due_at) + 1))).toBe(
      addDays(calendar.dayOf(new Date(asked.due_at)), 1),
    );
    expect(asked.days_left).toBeGreaterThanOrEqual(28);
  });

  test(
    'says one thing wherever it stands, all day long',
    withinOneDay(async () => {
      const expected = new Map<string, number>();
      for (const days of [-2, -1, 0, 1, DUE_SOON_DAYS, DUE_SOON_DAYS + 1]) {
        for (const instant of ['startOf', 'noonOf', 'endOf'] as const) expected.set(await dueIn(days, instant), days);
      }
      const support = desk.callerAs('support');
      const late = [...expected].filter(([, days]) => days < 0).map(([id]) => id);
      const { items } = await support.privacy.list({ limit: 100 });
      for (const [id, days_left] of expected) {
        const standing = { days_left, overdue: days_left < 0, time_zone: timeZone };
        expect(items.find((item) => item.id === id)).toMatchObject(standing);
        const request = await support.privacy.get({ id });
        expect(request).toMatchObject(standing);
        const dossier = await support.dossier.get({ user_id: request.user_id });
        expect(dossier.privacy_requests).toMatchObject([standing]);
        expect(dossier.open_privacy_requests).toMatchObject([standing]);
        const owner = { ...desk.people.user, id: request.user_id };
        expect((await desk.callerAs(owner).privacy.own.list({})).items).toMatchObject([standing]);
        expect(request.allowed_acts).not.toContain('extend');
        const byOps = await desk.callerAs('ops').privacy.get({ id });
        expect(byOps.allowed_acts.includes('extend')).toBe(days_left >= 0);
      }
      const overdue = await support.privacy.list({ overdue: true, limit: 100 });
      expect(overdue.items.map(({ id }) => id).sort()).toEqual([...late].sort());
      const rest = await support.privacy.list({ overdue: false, limit: 100 });
      expect(rest.items.some(({ id }) => late.includes(id))).toBe(false);
      expect((await countDesk(desk.desk)).privacyOverdue).toEqual({ access: late.length });
      const { privacy } = await desk.callerAs('ops').ops.dashboard();
      const soon = [...expected.values()].filter((days) => days >= 0 && days <= DUE_SOON_DAYS).length;
      expect(privacy).toMatchObject([{ kind: 'access', overdue: late.length, due_soon: soon }]);
    }),
  );

  test(
    'can be extended on the last day of the first period, and no day later',
    withinOneDay(async () => {
      const { calendar } = desk.desk;
      const lastDay = await dueIn(0, 'startOf');
      const extended = await desk.callerAs('ops').privacy.extend({ id: lastDay, reason: 'Several archives.' });
      expect(extended.due_at).toBe(extendedDeadline(new Date(extended.received_at), calendar).toISOString());
      const late = await dueIn(-1, 'endOf');
      await expect(
        desk.callerAs('ops').privacy.extend({ id: late, reason: 'Several archives.' }),
      ).rejects.toMatchObject({
        errorCode: 'privacy_request_deadline_passed',
      });
    }),
  );

  test(
    'runs from the day that an agent tells',
    withinOneDay(async () => {
      const { calendar } = desk.desk;
      const person = await addPerson(desk.sql, {});
      const received_on = addDays(calendar.dayOf(new Date()), -3);
      const asked = await desk.callerAs('support').privacy.create({ user_id: person.id, kind: 'access', received_on });
      expect(calendar.dayOf(new Date(asked.received_at))).toBe(received_on);
      expect(asked.due_at).toBe(firstDeadline(calendar.noonOf(received_on), calendar).toISOString());
    }),
  );
});

describe('a request made before the rule', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
  });
  afterAll(() => desk.close());

  /** As the version before wrote it. */
  const madeBefore = async () => {
    const person = await addPerson(desk.sql, {});
    const received = new Date(Date.now() - 20 * MINUTE);
    const due = new Date(received.getTime() + 30 * 24 * 60 * MINUTE);
    const [row] = await desk.sql<{ id: string }>(
      `insert into privacy_request (id, user_id, kind, status, received_at, first_due_at, due_at, created_at, updated_at)
       values (gen_random_uuid(), $1, 'access', 'requested', $2, $3, $3, $2, $2) returning id`,
      [person.id, received, due],
    );
    return { id: row?.id ?? '', due, received };
  };

  test('keeps its date, and says so wherever it stands', async () => {
    const { id, due } = await madeBefore();
    const marked = { id, due_at: due.toISOString(), clock_rule: 'utc_instant' };
    const support = desk.callerAs('support');
    const request = await support.privacy.get({ id });
    expect(request).toMatchObject(marked);
    expect((await support.privacy.list({})).items).toContainEqual(expect.objectContaining(marked));
    expect(await support.privacy.verifyIdentity({ id, means: 'document' })).toMatchObject(marked);
    expect((await support.dossier.get({ user_id: request.user_id })).privacy_requests).toMatchObject([marked]);
  });

  test('gets the date of the rule when it is extended', async () => {
    const { id, due, received } = await madeBefore();
    expect(await desk.callerAs('ops').privacy.extend({ id, reason: 'Several archives.' })).toMatchObject({
      first_due_at: due.toISOString(),
      due_at: extendedDeadline(received, desk.desk.calendar).toISOString(),
      clock_rule: 'calendar_days',
    });
  });
});
