import { INCIDENT_CATEGORIES } from '../../server/incidents/incidents.rules.ts';
import type { Locale } from '../../server/users/users.schema.ts';
import {
  type Agent,
  changeIncident,
  type IncidentChange,
  type IncidentHistory,
  openIncident,
} from './incident-history.ts';
import { incidentText } from './incident-texts.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Desk = { support: readonly Agent[]; ops: readonly Agent[]; now: Date };
type Step = { after: [min: number, max: number]; by: Agent; change: IncidentChange };
type Course = keyof typeof COURSES;

/** How incidents go, and how often. Each runs as far as the time since its opening allows. */
export type CourseWeights = Record<Course, number>;

/** A desk whose incidents have seen some handling. */
export const VARIED_COURSES: CourseWeights = {
  settled: 50,
  handedBack: 8,
  relapsed: 8,
  reopened: 4,
  escalated: 8,
  recategorised: 6,
  answered: 6,
  brief: 0,
  stuckOpen: 3,
  stuckAssigned: 2,
  stuckWorking: 4,
  stuckResolved: 3,
};

/** A desk that closes nearly everything with the first answer: about 2.3 audit events an incident. */
export const BRISK_COURSES: CourseWeights = {
  settled: 6,
  handedBack: 0.5,
  relapsed: 0.5,
  reopened: 0.3,
  escalated: 0.5,
  recategorised: 0.5,
  answered: 77,
  brief: 9,
  stuckOpen: 2,
  stuckAssigned: 0.5,
  stuckWorking: 2.5,
  stuckResolved: 1,
};

const COURSES = {
  settled: (who: Cast) => [take(who.first), resolve(who.first), close(who.first)],
  handedBack: (who: Cast) => [
    take(who.first),
    step([HOUR, 8 * HOUR], who.first, { status: 'open', assignee_id: null }),
    take(who.second),
    resolve(who.second),
    close(who.first),
  ],
  relapsed: (who: Cast) => [
    take(who.first),
    resolve(who.first),
    step([4 * HOUR, 2 * DAY], who.first, { status: 'in_progress' }),
    resolve(who.first),
    close(who.first),
  ],
  reopened: (who: Cast) => [
    take(who.first),
    resolve(who.first),
    close(who.first),
    step([DAY, 9 * DAY], who.ops, { status: 'in_progress' }),
    step([5 * MINUTE, HOUR], who.ops, { priority: 'high' }),
    resolve(who.first),
    close(who.ops),
  ],
  escalated: (who: Cast) => [
    take(who.first),
    step([HOUR, 6 * HOUR], who.first, { priority: 'high', assignee_id: who.ops.id }),
    resolve(who.ops),
    close(who.first),
  ],
  recategorised: (who: Cast) => [
    step([5 * MINUTE, 2 * HOUR], who.second, { category: who.otherCategory }),
    take(who.first),
    resolve(who.first),
    close(who.second),
  ],
  brief: (who: Cast) => [take(who.first), close(who.first)],
  answered: (who: Cast) => [step([10 * MINUTE, 5 * HOUR], who.first, { status: 'closed' })],
  stuckOpen: () => [],
  stuckAssigned: (who: Cast) => [step([HOUR, 9 * HOUR], who.second, { assignee_id: who.first.id })],
  stuckWorking: (who: Cast) => [take(who.first)],
  stuckResolved: (who: Cast) => [take(who.first), resolve(who.first)],
} satisfies Record<string, (who: Cast) => Step[]>;

type Cast = { first: Agent; second: Agent; ops: Agent; otherCategory: (typeof INCIDENT_CATEGORIES)[number] };

function step(after: Step['after'], by: Agent, change: IncidentChange): Step {
  return { after, by, change };
}

function take(by: Agent): Step {
  return step([10 * MINUTE, 20 * HOUR], by, { assignee_id: by.id, status: 'in_progress' });
}

function resolve(by: Agent): Step {
  return step([HOUR, 3 * DAY], by, { status: 'resolved' });
}

function close(by: Agent): Step {
  return step([6 * HOUR, 6 * DAY], by, { status: 'closed' });
}

/** An incident opened at `at` about `user`, as it stands at `desk.now` after a believable course. */
export function livedIncident(
  random: Random,
  desk: Desk,
  at: Date,
  user: { id: string; locale: Locale },
  courses: CourseWeights = VARIED_COURSES,
  number?: number,
): IncidentHistory {
  const first = random.pick(desk.support);
  const second = random.pick(desk.support);
  const text = incidentText(random, user.locale);
  const cast = {
    first,
    second,
    ops: random.pick(desk.ops),
    otherCategory: random.pick(INCIDENT_CATEGORIES.filter((category) => category !== text.category)),
  };
  const history = openIncident(random, at, random.chance(0.7) ? first : second, {
    ...text,
    user_id: user.id,
    ...(number === undefined ? {} : { number }),
  });
  let then = at;
  for (const { after, by, change } of COURSES[random.weighted(courses)](cast)) {
    then = new Date(then.getTime() + random.int(...after));
    if (then > desk.now) break;
    changeIncident(random, history, then, by, change);
  }
  return history;
}
