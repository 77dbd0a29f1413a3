import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../db/process-lock.ts';
import { Random } from '../../db/seed/random.ts';
import { hashPassword } from '../../server/identity/password.ts';
import { Api } from './api.ts';
import { CHECKS, parametersOf, SESSIONS_LEFT } from './checks.ts';
import { query } from './database.ts';
import { Ledger } from './ledger.ts';
import { addPerson, PASSWORD } from './people.ts';
import { missingConnections } from './pool.ts';
import { KILLS, POOL, type Stack, startStack } from './stack.ts';
import { type Asking, type Stopping, type Writing, writeIncidents, writeRequests } from './writers.ts';

const INCIDENT_WRITERS = 4;
/** How long the writers write before the kill, at most. */
const BUSY_MS = 5_000;
/** How long the background work may take for all that is approved, retries after failures included. */
const DRAINED_MS = 120_000;
/** How long a process may take to notice that its parent, or its server, is gone. */
const GONE_MS = 5_000;

/** Faults by what they are, each told in words; a line of the table for each kind, zero or not. */
class Faults {
  readonly #found = new Map<string, string[]>();

  declare(...kinds: string[]): void {
    for (const kind of kinds) this.#found.set(kind, []);
  }

  add(kind: string, faults: Iterable<string>, when: string): void {
    const known = this.#found.get(kind) ?? [];
    for (const fault of faults) {
      known.push(fault);
      if (known.length <= 20) console.log(`  ${kind}: ${fault} (${when})`);
    }
    this.#found.set(kind, known);
  }

  total(): number {
    return [...this.#found.values()].reduce((sum, faults) => sum + faults.length, 0);
  }

  table(): string {
    return [...this.#found]
      .map(([kind, faults]) => `  ${kind.padEnd(24)}${String(faults.length).padStart(8)}`)
      .join('\n');
  }
}

type Setting = { stack: Stack; ledger: Ledger; random: Random; seed: number; passwordHash: string };

/**
 * Kills the server, everything or PostgreSQL in turn while writers write and jobs run, and looks in the database each
 * time whether all is as it was acknowledged. Prints a table; returns how many faults there were.
 */
export async function torture({ rounds, seed }: { rounds: number; seed: number }): Promise<number> {
  const started = performance.now();
  const stack = await startStack();
  const faults = new Faults();
  faults.declare(
    ...CHECKS.map(({ name }) => name),
    ...['other answers', 'refused or 500', 'not acknowledged', 'not healed', 'connections lost'],
    ...['desk died', 'processes left', 'files left', 'sessions left', 'stopped badly'],
  );
  try {
    const setting = {
      ...{ stack, seed, ledger: new Ledger(), random: new Random(seed) },
      passwordHash: await hashPassword(PASSWORD),
    };
    const people = await addPeople(setting);
    for (let round = 1; round <= rounds; round++) await oneRound(setting, people, round, faults);
    await atRest(setting, faults);
    const seconds = Math.round((performance.now() - started) / 1000);
    const { acknowledged, unknown, repeated, slowestMs, noted } = setting.ledger;
    console.log(
      `\n${rounds} rounds in ${seconds} s, seed ${seed}: ${acknowledged} changes of ${noted.size} things acknowledged, ` +
        `${unknown} requests without an answer or put off, ${repeated} creations repeated, slowest answer ${Math.round(slowestMs)} ms\n${faults.table()}`,
    );
    if (faults.total() > 0) console.log(`The log of the desk: ${stack.folder}/desk.log`);
    return faults.total();
  } finally {
    await stack.stop({ keep: faults.total() > 0 });
  }
}

type People = { support: Api; ops: Api; customers: string[] };

async function addPeople({ stack, ledger, passwordHash }: Setting): Promise<People> {
  const add = (role: 'user' | 'support' | 'ops') => addPerson(stack.databaseUrl, { role, passwordHash });
  const agent = async (role: 'support' | 'ops') => new Api(await add(role), stack.base, ledger);
  const customers: string[] = [];
  for (let n = 0; n < 20; n++) customers.push((await add('user')).id);
  return { support: await agent('support'), ops: await agent('ops'), customers };
}

/** Customers of one round: an export and an erasure that take a while, and others. */
async function askingOf({ stack, ledger, random, passwordHash }: Setting): Promise<Asking[]> {
  const one = async (kind: Asking['kind'], incidents: number, own = false): Promise<Asking> => {
    const account = await addPerson(stack.databaseUrl, { incidents, passwordHash });
    return { kind, userId: account.id, own: own ? new Api(account, stack.base, ledger) : null };
  };
  const first = [await one('access', 1_500), await one('erasure', 500)];
  const more: Asking[] = [];
  for (const kind of ['access', 'rectification', 'erasure', 'access', 'rectification', 'access'] as const) {
    more.push(await one(kind, random.int(0, 20), random.chance(0.3)));
  }
  return [...first, ...more];
}

async function oneRound(setting: Setting, people: People, round: number, faults: Faults): Promise<void> {
  const { stack, ledger, seed } = setting;
  const random = setting.random.reseed(seed, round);
  const kill = KILLS[(round - 1) % KILLS.length] ?? 'server';
  const asking = await askingOf(setting);
  const acknowledgedBefore = ledger.acknowledged;
  const diedBefore = stack.died();
  const stopping: Stopping = { now: false };
  const writing = (writer: number): Writing => {
    let made = 0;
    return {
      ledger,
      ...people,
      random: new Random(seed, round * 100 + writer),
      keys: () => `${seed}-${round}-${writer}-${++made}`,
    };
  };
  const writers = Array.from({ length: INCIDENT_WRITERS }, (_, n) => writeIncidents(writing(n), stopping));
  writers.push(writeRequests(writing(INCIDENT_WRITERS), asking, stopping));

  const enough = acknowledgedBefore + random.int(20, 120);
  for (let waited = 0; ledger.acknowledged < enough && waited < BUSY_MS; waited += 20) await sleep(20);
  await sleep(random.int(0, 300));
  const gone = await stack.kill(kill);
  const killed = performance.now();
  const healed = await stack.untilReady();
  const healedMs = Math.round(performance.now() - killed);
  await sleep(random.int(200, 800));
  stopping.now = true;
  await Promise.all(writers);

  const when = `round ${round}, ${kill}`;
  if (!healed) faults.add('not healed', [`after ${healedMs} ms`], when);
  faults.add('desk died', Array<string>(stack.died() - diedBefore).fill('unasked'), when);
  faults.add('processes left', await stillRunning(gone), when);
  noteLedger(ledger, faults, when);
  await look(setting, faults, when, false);
  const [incident] = [...ledger.noted.values()].filter(({ type }) => type === 'incident');
  if (incident) {
    const missing = await missingConnections(
      () => untilDone(stack),
      stack.databaseUrl,
      people.support,
      incident.id,
      POOL,
    );
    faults.add('connections lost', Array<string>(missing).fill('of the pool'), when);
  }
  const acknowledged = ledger.acknowledged - acknowledgedBefore;
  console.log(
    `round ${round}: ${kill}, served again after ${healedMs} ms, ${acknowledged} acknowledged, faults ${faults.total()}`,
  );
}

function noteLedger(ledger: Ledger, faults: Faults, when: string): void {
  faults.add('other answers', ledger.otherAnswers.splice(0), when);
  faults.add('refused or 500', ledger.faults.splice(0), when);
  faults.add('not acknowledged', ledger.unsettled.splice(0), when);
}

async function look({ stack, ledger }: Setting, faults: Faults, when: string, rest: boolean): Promise<void> {
  for (const check of CHECKS) {
    if (check.atRest && !rest) continue;
    const found = await query<{ fault: string }>(
      stack.databaseUrl,
      check.sql,
      parametersOf(check, ledger.noted.values()),
    );
    faults.add(
      check.name,
      found.map(({ fault }) => fault),
      when,
    );
  }
}

async function stillRunning(gone: string[]): Promise<string[]> {
  for (const until = performance.now() + GONE_MS; gone.some(isRunning) && performance.now() < until; ) await sleep(50);
  return gone.filter(isRunning);
}

/** Waits until the background work has done all that is approved, or its time is over. */
async function untilDone({ databaseUrl }: Stack): Promise<void> {
  const waiting = () =>
    query(
      databaseUrl,
      `select 1 from privacy_request where kind <> 'rectification' and status in ('approved', 'processing')
       union all select 1 from graphile_worker._private_jobs where locked_at is not null limit 1`,
    );
  for (const until = performance.now() + DRAINED_MS; (await waiting()).length > 0 && performance.now() < until; )
    await sleep(200);
}

/** Once all is done, and once the desk has been stopped in order. */
async function atRest(setting: Setting, faults: Faults): Promise<void> {
  const { stack } = setting;
  await untilDone(stack);
  await look(setting, faults, 'at the end', true);
  const code = await stack.stopDesk();
  faults.add('stopped badly', code === 0 ? [] : [`exit code ${code}`], 'at the end');
  const sessions = await query<{ fault: string }>(stack.databaseUrl, SESSIONS_LEFT);
  faults.add(
    'sessions left',
    sessions.map(({ fault }) => fault),
    'at the end',
  );
  faults.add('files left', readdirSync(stack.scratch), 'at the end');
}
