import { INCIDENT_CATEGORIES, type IncidentPriority } from '../../server/incidents/incidents.rules.ts';
import type { DemoDesk } from './demo-desk.ts';
import { livedIncident } from './incident-course.ts';
import { type Agent, changeIncident, type IncidentHistory, openIncident } from './incident-history.ts';
import { incidentText } from './incident-texts.ts';
import type { UserRow } from './rows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const DEMO_INCIDENTS = 600;
const FIRST_NUMBER = 1_001;
const SPAN_DAYS = 90;

/** Incidents of the last 90 days, the newest number last. */
export function addIncidents(desk: DemoDesk, demoCustomer: UserRow): void {
  const histories = [...demoCustomerIncidents(desk, demoCustomer), ...queueIncidents(desk)];
  while (histories.length < DEMO_INCIDENTS) {
    const user = desk.random.pick(desk.customers);
    const at = workingTime(desk, desk.ago(desk.random.int(HOUR, SPAN_DAYS * DAY)));
    if (at <= user.created_at) continue;
    histories.push(livedIncident(desk.random, desk, at, user));
  }
  histories.sort((a, b) => a.incident.created_at.getTime() - b.incident.created_at.getTime());
  histories.forEach(({ incident, events }, index) => {
    desk.incidents.push({ ...incident, number: FIRST_NUMBER + index });
    desk.events.push(...events);
  });
}

/** The same day between 7:00 and 19:00 UTC, and rarely on a Sunday; never later than `at`. */
function workingTime({ random }: DemoDesk, at: Date): Date {
  const days = at.getUTCDay() === 0 && random.chance(0.9) ? random.int(1, 2) : 0;
  const moved = new Date(at.getTime() - days * DAY);
  if (moved.getUTCHours() >= 19) moved.setUTCHours(random.int(8, 18));
  if (moved.getUTCHours() < 7) moved.setTime(moved.getTime() - random.int(8, 14) * HOUR);
  return moved;
}

/** The two demo agents and somebody beside them. */
function cast({ support: [me, , colleague], ops: [ops] }: DemoDesk): { me: Agent; colleague: Agent; ops: Agent } {
  if (!me || !colleague || !ops) throw new RangeError('the desk has too few agents');
  return { me, colleague, ops };
}

/** What waits in the queue of support@demo.example: some in hand, some not begun, some that nobody has taken. */
function queueIncidents(desk: DemoDesk): IncidentHistory[] {
  const { random } = desk;
  const { me, colleague } = cast(desk);
  const open = (agoMs: number, priority?: IncidentPriority) => {
    const user = random.pick(desk.customers.filter((customer) => customer.created_at < desk.ago(10 * DAY)));
    const text = incidentText(random, user.locale);
    return openIncident(random, desk.ago(agoMs), colleague, {
      ...text,
      priority: priority ?? text.priority,
      user_id: user.id,
    });
  };
  const inHand = Array.from({ length: 9 }, (_, index) => {
    const history = open(random.int(5, 9) * HOUR + index * 11 * HOUR);
    const takenAt = new Date(history.incident.created_at.getTime() + random.int(20 * MINUTE, 4 * HOUR));
    changeIncident(random, history, takenAt, me, { assignee_id: me.id, status: 'in_progress' });
    return history;
  });
  const notBegun = Array.from({ length: 4 }, (_, index) => {
    const history = open((3 + index * 7) * HOUR);
    const givenAt = new Date(history.incident.created_at.getTime() + random.int(10 * MINUTE, 2 * HOUR));
    changeIncident(random, history, givenAt, colleague, { assignee_id: me.id });
    return history;
  });
  const unassigned = Array.from({ length: 7 }, (_, index) => open((25 + index * 47) * MINUTE, 'high'));
  return [...inHand, ...notBegun, ...unassigned];
}

/** One incident in each status, and one that was reopened. */
function demoCustomerIncidents(desk: DemoDesk, { id, locale }: UserRow): IncidentHistory[] {
  const { random } = desk;
  const { me, colleague, ops } = cast(desk);
  const open = (days: number, index: number) => {
    const text = incidentText(random, locale, INCIDENT_CATEGORIES[index % INCIDENT_CATEGORIES.length]);
    return openIncident(random, desk.ago(days * DAY), colleague, { ...text, user_id: id });
  };
  const courses: [
    days: number,
    steps: [afterHours: number, by: Agent, change: Parameters<typeof changeIncident>[4]][],
  ][] = [
    [0.12, []],
    [0.9, [[2, me, { assignee_id: me.id, status: 'in_progress' }]]],
    [
      6,
      [
        [1, me, { assignee_id: me.id, status: 'in_progress' }],
        [20, me, { priority: 'high' }],
        [45, me, { status: 'resolved' }],
      ],
    ],
    [
      33,
      [
        [3, colleague, { assignee_id: colleague.id, status: 'in_progress' }],
        [28, colleague, { status: 'resolved' }],
        [90, colleague, { status: 'closed' }],
      ],
    ],
    [
      71,
      [
        [5, me, { assignee_id: me.id, status: 'in_progress' }],
        [9, me, { status: 'resolved' }],
        [30, me, { status: 'closed' }],
        [140, ops, { status: 'in_progress' }],
        [170, me, { status: 'resolved' }],
        [260, ops, { status: 'closed' }],
      ],
    ],
  ];
  return courses.map(([days, steps], index) => {
    const history = open(days, index);
    for (const [afterHours, by, change] of steps) {
      const at = new Date(history.incident.created_at.getTime() + afterHours * HOUR + random.int(0, 50) * MINUTE);
      changeIncident(random, history, at, by, change);
    }
    return history;
  });
}
