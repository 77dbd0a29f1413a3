import { once } from 'node:events';
import type { Server } from 'node:http';
import type { MikroORM } from '@mikro-orm/postgresql';
import { legalCalendar } from '../../db/legal-calendar.ts';
import { select } from '../../db/statement.ts';
import { Refusals } from '../audit/refusals.ts';
import { openOrm } from '../database.ts';
import type { Desk } from '../desk.ts';
import { deskServer } from '../desk-server.ts';
import { httpApp } from '../http.ts';
import { accessTokens } from '../identity/access-token.ts';
import { ActorDirectory } from '../identity/actors.ts';
import { hashPassword } from '../identity/password.ts';
import type { Role } from '../identity/roles.rules.ts';
import { type WebSessions, webSessions } from '../identity/web-session.ts';
import { sealKeyOf } from '../privacy/canonical-json.ts';
import { createLimiter } from '../rate-limit/limiter.ts';
import type { LimitOverrides } from '../rate-limit/limits.ts';
import { SignInAttempts } from '../rate-limit/sign-in-attempts.ts';
import { Readiness } from '../readiness.ts';
import type { RemixPages } from '../remix.ts';
import { type RequestContext, traceIdOf } from '../request-context.ts';
import { setLogLevel } from '../telemetry/logger.ts';
import { type Caller, createCaller } from '../trpc/router.ts';
import { TrigramFrequencies } from '../users/trigram-frequencies.ts';
import { createTestDatabase } from './database.ts';
import { addFamily, addPerson, PASSWORD, type Person } from './people.ts';

export type TestDesk = {
  desk: Desk;
  orm: MikroORM;
  url: string;
  /** One person of each role, who have just signed in where nothing else is said, and who can sign in with {@link PASSWORD}. */
  people: Record<Role, Person>;
  callerAs(who: Role | Person | null, requestId?: string): Caller;
  /** An access token, issued at `now`, of somebody who signed in at `signedInAt`. */
  tokenOf(who: Role | Person, times?: { now?: Date; signedInAt?: Date }): Promise<string>;
  /** A request to the desk's HTTP chain, as this person when one is given. */
  fetch(path: string, init?: RequestInit, who?: Role | Person): Promise<Response>;
  /** The same chain on a port of its own, for what is seen on a connection alone. */
  listen(): Promise<Server>;
  sql<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

export type TestDeskOptions = {
  limits?: LimitOverrides;
  /** What stands for the pages; without it they tell who asked. */
  pages?: (sessions: WebSessions) => RemixPages;
  publicUrl?: string;
  trustedProxies?: number;
  /** The folder of built assets. */
  assets?: string;
  /** URL of a server with the template, where it shall be another than that of the run. */
  server?: string;
  /** DESK_TIME_ZONE and PUBLIC_HOLIDAYS. */
  timeZone?: string;
  holidays?: string;
};

/** Signs the access tokens of a desk of tests. */
export const TOKEN_SECRET = 'a secret of tests, long enough to sign';

/** Where the pages are of which tests ask no more than that they answer. */
const PAGES = [
  { template: '/login', methods: ['GET', 'HEAD', 'POST'], inDesk: false },
  { template: '/incidents', methods: ['GET', 'HEAD'], inDesk: true },
];

/** A whole desk on a database of its own; all real but the pages, which browsers test. */
export async function openTestDesk({
  limits = 'off',
  pages,
  publicUrl,
  trustedProxies = 0,
  assets,
  server,
  timeZone,
  holidays,
}: TestDeskOptions = {}): Promise<TestDesk> {
  setLogLevel('silent');
  const database = await createTestDatabase(server);
  const orm = await openOrm(database.url, 10);
  const limiter = createLimiter({ overrides: limits, redis: null, secret: 'a secret of tests, long enough to hide' });
  const desk: Desk = {
    orm,
    limiter,
    signIns: new SignInAttempts(limiter),
    accessTokens: accessTokens(TOKEN_SECRET),
    actors: new ActorDirectory(orm),
    refusals: new Refusals(orm),
    trigrams: new TrigramFrequencies(),
    calendar: legalCalendar(timeZone, holidays),
    sealKey: sealKeyOf('a secret of tests, long enough to seal'),
  };
  const sql = <Row>(text: string, parameters: unknown[] = []) => select<Row>(orm.em.fork(), text, parameters);
  const passwordHash = await hashPassword(PASSWORD);
  const people = {
    user: await addPerson(sql, { role: 'user', passwordHash }),
    support: await addPerson(sql, { role: 'support', passwordHash }),
    ops: await addPerson(sql, { role: 'ops', passwordHash }),
  };
  const sessions = webSessions(desk, { secret: 'another secret of tests, long enough', secure: false });
  const app = httpApp({
    desk,
    sessions,
    pages:
      pages?.(sessions) ??
      (async (_request, context) => Response.json({ actor: context.actor, trace_id: traceIdOf(context) })),
    findPage: (path) =>
      PAGES.find(({ template }) => template === path) ?? { template: '/*', methods: [], inDesk: false },
    readiness: new Readiness(orm),
    trustedProxies,
    publicUrl,
    assets: assets ?? null,
  });
  const personOf = (who: Role | Person) => (typeof who === 'string' ? people[who] : who);
  async function tokenOf(who: Role | Person, times: { now?: Date; signedInAt?: Date } = {}): Promise<string> {
    const { now = new Date(), signedInAt = now } = times;
    const { id: userId } = personOf(who);
    return desk.accessTokens.issue({ userId, familyId: await addFamily(sql, userId, signedInAt) }, now);
  }
  return {
    desk,
    orm,
    url: database.url,
    people,
    sql,
    tokenOf,
    callerAs: (who, requestId) => createCaller({ desk, request: requestOf(who ? personOf(who) : null, requestId) }),
    async fetch(path, init = {}, who) {
      const headers = new Headers(init.headers);
      if (who) headers.set('authorization', `Bearer ${await tokenOf(who)}`);
      return app.request(path, { ...init, headers }, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
    },
    async listen() {
      const listening = deskServer(app.fetch, { publicUrl, before: (_request, _response, next) => next() });
      listening.listen(0, '127.0.0.1');
      await once(listening, 'listening');
      return listening;
    },
    async close() {
      await orm.close(true);
      await database.drop();
    },
  };
}

function requestOf(actor: Person | null, requestId = 'request-of-a-test'): RequestContext {
  return { requestId, address: '127.0.0.1', route: '/test', actor: actor && { authenticatedAt: new Date(), ...actor } };
}
