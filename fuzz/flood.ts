import { Agent, request, METHODS as VERBS } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { appRouter } from '../server/trpc/router.ts';
import { INCIDENT_IDS } from './known.ts';
import { openLabels, seriesIn } from './labels.ts';
import { SignedIn, seed as seedPeople } from './people.ts';
import type { Place } from './run.ts';
import { openTarget, type Target } from './target.ts';
import { ROUTES } from './values.ts';

const AT_ONCE = 8;
/** How often the metrics are scraped meanwhile: the SDK's own limit holds per scrape. */
const SCRAPED_EVERY = 5_000;
/** What `/metrics` may be after anything. */
export const METRICS_LIMIT = 300_000;

const PROCEDURES = Object.keys(appRouter._def.procedures);
const PAGES = [
  '/',
  '/login',
  '/users',
  '/incidents',
  '/privacy',
  '/audit',
  '/ops',
  '/account',
  '/account/security',
  '/search',
  '/logout',
];

type Asked = { method: string; path: string; headers: Record<string, string> };
type State = { bytes: number; series: number; residentMb: number };
export type Flooded = { sent: number; before: State; half: State; after: State; faults: string[] };

/** One of endlessly many: numbers that follow from `index`, so that each run asks the same. */
function chance(index: number): (below: number) => number {
  let state = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) >>> 0;
    return state % below;
  };
}

/** Every entrance by turns, with all that a caller may choose. */
function askedAt(index: number): Asked {
  const any = chance(index);
  const one = <T>(of: readonly T[]): T => of[any(of.length)] as T;
  const batch = (most: number) => Array.from({ length: 2 + any(most) }, () => one(PROCEDURES));
  const id = uuidv7({ msecs: index, random: Uint8Array.from({ length: 16 }, () => any(256)) });
  const ways: (() => Pick<Asked, 'method' | 'path'>)[] = [
    () => ({ method: 'GET', path: `/trpc/${batch(19).join(one([',', '%2C', '%2c']))}?batch=1&input=%7B%7D` }),
    () => ({ method: 'POST', path: `/trpc/${batch(60).join(one([',', '%2C']))}?batch=1` }),
    () => ({ method: one(['GET', 'POST']), path: `/trpc/${one([`x${index}.y`, `me.get${index}`, one(PROCEDURES)])}` }),
    () => ({
      method: one(['GET', 'HEAD', 'POST']),
      path: one(PAGES) + one(['', '.data', `/${index}`, `/${id}`, `?q=${index}`]),
    }),
    () => ({ method: 'GET', path: `/p${index}/a${one(['', '.data', '/b'])}` }),
    () => {
      const { method, path } = one(ROUTES);
      return {
        method: one([method, 'GET', 'POST']),
        path: `/v1${path.replace(/\{\w+\}/, one([id, ...INCIDENT_IDS]))}`,
      };
    },
    () => ({ method: one(['GET', 'POST', 'DELETE']), path: `/v1/zz${index}` }),
    () => ({
      method: one(VERBS.filter((verb) => verb !== 'CONNECT')),
      path: one(['/', '/v1/me', '/trpc/me.get', '/login', `/${index}`]),
    }),
  ];
  const headers: Record<string, string> = {
    Host: one(['desk.example', `h${index}.example`]),
    'User-Agent': `agent-${index}`,
    'X-Request-Id': `flood-${id}`,
    Traceparent: `00-${id.replaceAll('-', '')}-${id.slice(-12)}0001-01`,
    'Accept-Language': `x${index % 977}`,
  };
  // Half come from an address of their own, half from one that its limit has long refused.
  if (any(2) === 0) headers['X-Forwarded-For'] = `10.${any(256)}.${any(256)}.${any(256)}`;
  return { ...(ways[index % ways.length] as (typeof ways)[number])(), headers };
}

async function stateOf(target: Target): Promise<State> {
  const metrics = await target.metrics();
  return { bytes: metrics.length, series: seriesIn(metrics).length, residentMb: target.residentMb() };
}

/** Asks `count` times at every entrance, under the limits that are in force by default. */
export async function flood(place: Place, count: number): Promise<Flooded> {
  await seedPeople(place.databaseUrl);
  const target = await openTarget(place.databaseUrl, place.redisUrl, { limits: undefined, traces: false });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    const people = new SignedIn(target.port);
    const scraped = await target.metrics();
    const before = await stateOf(target);
    const faults: string[] = [];
    let half = before;
    let next = 0;
    const work = async () => {
      while (next < count && !target.ended()) {
        const index = next++;
        if (index % SCRAPED_EVERY === SCRAPED_EVERY - 1) await target.metrics();
        if (index === Math.floor(count / 2)) half = await stateOf(target);
        const { method, path, headers } = askedAt(index);
        const credentials = await people.as(index % 5 === 0 ? 'support' : 'nobody', index);
        const shown: Record<string, string> = credentials
          ? { Authorization: `Bearer ${credentials.token}`, Cookie: credentials.cookie }
          : {};
        const status = await ask(target.port, agent, { method, path, headers: { ...headers, ...shown } });
        if (status >= 500 && faults.length < 40) faults.push(`${method} ${path}: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const ended = target.ended();
    if (ended) return { sent: next, before, half, after: half, faults: [...faults, `the process ended: ${ended}`] };
    const after = await stateOf(target);
    faults.push(...openLabels(await target.metrics(), scraped, target.pages));
    if (after.bytes > METRICS_LIMIT) faults.push(`/metrics has ${after.bytes} bytes`);
    faults.push(...target.complaints.map((line) => `log: ${JSON.stringify(line)}`));
    return { sent: next, before, half, after, faults };
  } finally {
    agent.destroy();
    await target.close();
  }
}

function ask(port: number, agent: Agent, { method, path, headers }: Asked): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers, timeout: 10_000 }, (answer) => {
      answer.resume().on('close', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(0));
    sent.end();
  });
}
