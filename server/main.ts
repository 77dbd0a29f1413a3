import { once } from 'node:events';
import { join } from 'node:path';
import { legalCalendar } from '../db/legal-calendar.ts';
import { Refusals } from './audit/refusals.ts';
import { closeOrm, openOrm, startDatabase } from './database.ts';
import { demoWelcome, seedDemoWhenEmpty } from './demo.ts';
import type { Desk } from './desk.ts';
import { countDesk } from './desk-counts.ts';
import { deskServer } from './desk-server.ts';
import { drain } from './drain.ts';
import { type Env, EnvError, isLoopback, parseEnv } from './env.ts';
import { startRemovingExpiredRows } from './expired-rows.ts';
import { httpApp } from './http.ts';
import { accessTokens } from './identity/access-token.ts';
import { ActorDirectory } from './identity/actors.ts';
import { webSessions } from './identity/web-session.ts';
import { startJobs } from './jobs/runner.ts';
import { sealKeyOf } from './privacy/canonical-json.ts';
import { createLimiter } from './rate-limit/limiter.ts';
import { connectRedis } from './rate-limit/redis.ts';
import { SignInAttempts } from './rate-limit/sign-in-attempts.ts';
import { Readiness } from './readiness.ts';
import { remixPages } from './remix.ts';
import { keptSecret } from './secrets.ts';
import { Stop } from './stop.ts';
import { captureConsole } from './telemetry/console.ts';
import { registerDeskGauges } from './telemetry/desk-gauges.ts';
import { log, logError, setLogLevel } from './telemetry/logger.ts';
import { startMetricsServer } from './telemetry/metrics-server.ts';
import { stopTelemetry } from './telemetry/shutdown.ts';
import { TrigramFrequencies } from './users/trigram-frequencies.ts';
import { loadWebBuild } from './web-build.ts';

const PROJECT = join(import.meta.dirname, '..');
const SAMPLING_MS = 6 * 60 * 60 * 1000;

/** Starts the desk in order, and tells `stop` how to undo each step. */
async function start(env: Env, stop: Stop): Promise<void> {
  const starting = startDatabase(env, stop.signal);
  // Before it has started: a stop meanwhile leaves no PostgreSQL behind.
  stop.add('database', 9_500, async (ms) => (await starting.catch(() => null))?.stop(ms));
  const database = await starting;
  stop.add('telemetry', 2_200, stopTelemetry);
  const orm = await openOrm(database.url, env.DATABASE_POOL_MAX);
  stop.add('orm', 1_500, () => closeOrm(orm));
  const calendar = legalCalendar(env.DESK_TIME_ZONE, env.PUBLIC_HOLIDAYS);
  const sessionSecret = env.SESSION_SECRET ?? (await keptSecret(env.DATA_DIR, 'session'));
  if (servesDemo(env)) await seedDemoWhenEmpty(orm, database.url, calendar, sealKeyOf(sessionSecret));

  const redis = env.REDIS_URL ? await connectRedis(env.REDIS_URL) : null;
  stop.add('redis', 500, () => redis?.disconnect());
  const limiter = createLimiter({ overrides: env.RATE_LIMITS, redis, secret: sessionSecret });
  const desk: Desk = {
    orm,
    limiter,
    signIns: new SignInAttempts(limiter),
    accessTokens: accessTokens(env.JWT_SECRET ?? (await keptSecret(env.DATA_DIR, 'jwt'))),
    actors: new ActorDirectory(orm),
    refusals: new Refusals(orm),
    trigrams: new TrigramFrequencies(),
    calendar,
    sealKey: sealKeyOf(sessionSecret),
  };
  stop.add('sampling', 500, startSampling(desk));
  stop.add('refusals', 1_000, desk.refusals.start());
  const sessions = webSessions(desk, {
    secret: sessionSecret,
    secure: isReachedFromElsewhere(env),
  });

  const jobs = startJobs(desk, database.url);
  stop.add('jobs', 3_500, jobs.stop);
  stop.add('expired rows', 500, startRemovingExpiredRows(orm));

  const live = env.NODE_ENV === 'development' && !env.GUICHET_DEMO;
  // Vite tells the developer by the console.
  if (!live) stop.add('console', 500, captureConsole());
  const web = await loadWebBuild(PROJECT, { live });
  stop.add('web', 500, web.close);
  const readiness = new Readiness(orm);
  const app = httpApp({
    desk,
    sessions,
    readiness,
    pages: remixPages(desk, sessions, web, env.PUBLIC_URL),
    findPage: web.findPage,
    trustedProxies: env.TRUST_PROXY,
    publicUrl: env.PUBLIC_URL,
    assets: web.assets,
  });
  const server = deskServer(app.fetch, { publicUrl: env.PUBLIC_URL, before: web.middleware });
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening');
  stop.add('server', 5_000, () => drain(server));

  stop.add(
    'gauges',
    500,
    registerDeskGauges(() => countDesk(desk)),
  );
  if (env.METRICS_PORT > 0) stop.add('metrics', 500, await serveMetrics(env));
  stop.add('readiness', 500, () => {
    readiness.stop();
    // Its work in hand has the time that the server still answers in.
    void jobs.stop();
  });
  announce(env);
}

/** Serves the metrics; returns how to stop. Two desks tried on one machine need not quarrel over the port. */
async function serveMetrics(env: Env): Promise<() => unknown> {
  try {
    return (await startMetricsServer({ host: env.METRICS_HOST, port: env.METRICS_PORT })).close;
  } catch (error) {
    if (env.NODE_ENV === 'production') throw error;
    log.warn({ port: env.METRICS_PORT, error }, 'The metrics are not served: set METRICS_PORT to a free port');
    return () => {};
  }
}

function announce(env: Env): void {
  if (!env.PUBLIC_URL && isReachedFromElsewhere(env)) {
    log.warn('PUBLIC_URL is not set: browsers keep a sign-in from elsewhere over https alone');
  }
  log.info({ host: env.HOST, port: env.PORT, start_ms: Math.round(performance.now()) }, 'Guichet is ready');
  if (servesDemo(env)) process.stderr.write(demoWelcome(`http://${env.HOST}:${env.PORT}`));
}

/** Keeps the search's statistics fresh; a search before the first sample is right all the same, only slower. */
function startSampling({ orm, trigrams }: Desk): () => void {
  const sample = () => {
    trigrams.refresh(orm.em.fork()).catch((error: unknown) => logError(error, 'People could not be sampled'));
  };
  sample();
  const timer = setInterval(sample, SAMPLING_MS).unref();
  return () => clearInterval(timer);
}

/** The demo, and the same with live reload on the embedded database. */
function servesDemo(env: Env): boolean {
  return env.GUICHET_DEMO || (env.NODE_ENV === 'development' && env.DATABASE_URL === undefined);
}

/** Whether browsers reach the desk from elsewhere: its cookie then travels by https alone. */
function isReachedFromElsewhere(env: Env): boolean {
  return !isLoopback(env.PUBLIC_URL ? new URL(env.PUBLIC_URL).hostname : env.HOST);
}

async function main(): Promise<void> {
  const stop = new Stop();
  let starting: Promise<void> | undefined;
  const stopInOrder = () => {
    // Work that is cut off may fail where nobody waits for it any more, as the queue does when its connections go.
    process.on('unhandledRejection', (error) => logError(error, 'Cut off by the stop'));
    return stop.run(starting);
  };
  const exitAfterStop = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) return;
    log.info({ signal }, 'Stopping');
    void stopInOrder().then((well) => process.exit(well ? 0 : 1));
  };
  process.on('SIGTERM', exitAfterStop);
  process.on('SIGINT', exitAfterStop);
  try {
    const env = parseEnv(process.env);
    setLogLevel(env.LOG_LEVEL);
    starting = start(env, stop);
    await starting;
  } catch (error) {
    // Called off: whoever asked for the stop sees to its end.
    if (stop.signal.aborted) return;
    if (error instanceof EnvError) process.stderr.write(`${error.message}\n`);
    else logError(error, 'Guichet could not start');
    await stopInOrder();
    process.exit(1);
  }
}

await main();
