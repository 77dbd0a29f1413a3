import { Redis } from 'ioredis';
import pg from 'pg';
import { answerIn, exchange, type Received } from './connection.ts';
import { bytesOf, type Input, MARK, numberIn } from './input.ts';
import { inputs } from './inputs.ts';
import { faultsOf } from './judge.ts';
import { openLabels } from './labels.ts';
import { SignedIn, seed as seedPeople } from './people.ts';
import { openTarget, type Target } from './target.ts';

const AT_ONCE = 8;
/** What is told of an input that failed; more of the same is no news. */
const TOLD = 40;

export type Finding = { index: number | null; faults: string[] };
export type Outcome = { sent: number; byStatus: Map<string, number>; findings: Finding[]; metricsBytes: number };
export type Place = { databaseUrl: string; redisUrl: string };

/** What was sent and what came back, for people. */
export type Told = (index: number, sent: Buffer, received: Received) => void;

/** Sends the inputs of a seed from `from` on, and gives all that is wrong with the answers and with what they leave. */
export async function fuzz(
  place: Place,
  seed: number,
  from: number,
  count: number,
  told: Told = () => {},
): Promise<Outcome> {
  await seedPeople(place.databaseUrl);
  const target = await openTarget(place.databaseUrl, place.redisUrl);
  const findings: Finding[] = [];
  const byStatus = new Map<string, number>();
  const askedBy = new Map<string, number>();
  try {
    const before = await target.metrics();
    const inputAt = inputs(target.pages);
    const people = new SignedIn(target.port);
    let next = from;
    let sent = 0;
    const work = async () => {
      while (next < from + count && !target.ended() && findings.length < TOLD) {
        const index = next++;
        const input = inputAt(seed, index);
        const whole = input.kind !== 'raw' && input.framing !== 'none' && input.damage.length === 0;
        const { bytes, leaves } = bytesOf(input, await people.as(input.who, index));
        const received = await exchange(target.port, bytes, { whole, leaves });
        const answer = answerIn(received.bytes);
        sent++;
        told(index, bytes, received);
        if (endsSignIn(input)) people.forget(input.who, index);
        const requestId = answer?.headers.get('x-request-id');
        if (requestId) askedBy.set(requestId, index);
        const status = `${input.kind} ${answer?.status ?? 'none'}`;
        byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
        const faults = faultsOf(input, received, answer, whole);
        if (faults.length > 0) findings.push({ index, faults });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const ended = target.ended();
    if (ended) findings.push({ index: null, faults: [`the process ended: ${ended}`] });
    const metrics = ended ? '' : await target.metrics();
    for (const fault of openLabels(metrics, before, target.pages)) findings.push({ index: null, faults: [fault] });
    if (metrics.includes(MARK)) findings.push({ index: null, faults: ['the metrics hold what was typed'] });
    await target.close();
    findings.push(...left(target, askedBy));
    findings.push(...(await kept(place)));
    return { sent, byStatus, findings, metricsBytes: metrics.length };
  } finally {
    await target.close();
  }
}

function endsSignIn({ target, method }: Input): boolean {
  return ['POST', 'DELETE'].includes(method) && /logout|password|security|sessions?\b/i.test(target);
}

/** What the process wrote that it should not have written. */
function left({ complaints, leaks }: Target, askedBy: ReadonlyMap<string, number>): Finding[] {
  return [
    ...complaints.map((line) => ({
      index: askedBy.get(line.request_id ?? '') ?? null,
      faults: [`log: ${JSON.stringify(line)}`],
    })),
    ...leaks.map((leak) => ({
      index: numberIn(leak),
      faults: [`what was typed is in the ${leak}`],
    })),
  ].slice(0, TOLD);
}

/** What was typed and is kept where nothing typed may be: the audit, and keys of Redis. */
async function kept({ databaseUrl, redisUrl }: Place): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ event: string }>(
    `select event::text as event from audit_event event where event::text like '%' || $1 || '%' limit 5`,
    [MARK],
  );
  await client.end();
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`*${MARK}*`);
  await redis.quit();
  return [...rows.map(({ event }) => `the audit: ${event}`), ...keys.map((key) => `Redis: ${key}`)].map((where) => ({
    index: null,
    faults: [`what was typed is in ${where}`],
  }));
}
