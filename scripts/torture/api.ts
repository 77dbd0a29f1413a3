import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

/** How long an act may stay without an acknowledgement; outages end much sooner. */
const SETTLED_MS = 60_000;
const AGAIN_MS = 100;
const ANSWER_MS = 15_000;

export type Account = { id: string; email: string; password: string };

type Row = { id: string; status: string; version: number };
type Failure = { code: string; details: { actual?: number } | null };
export type Answer = { status: number; data: Row; error?: Failure; replayed: boolean };

/** Thrown where an act was not acknowledged; it stands in the ledger already. */
export class NotAcknowledged extends Error {}

/** Answers that tell nothing about what happened: the same is asked again. */
const UNDECIDED = new Set(['service_unavailable', 'idempotency_in_progress']);
const SIGN_IN_AGAIN = new Set(['unauthenticated', 'token_expired', 'reauthentication_required']);

/** One person's REST client, which asks again until the desk has said what became of an act. */
export class Api {
  readonly account: Account;
  readonly #base: () => string;
  readonly #ledger: Ledger;
  #token: string | null = null;

  constructor(account: Account, base: () => string, ledger: Ledger) {
    this.account = account;
    this.#base = base;
    this.#ledger = ledger;
  }

  /** Creates something once; the key makes a repeat harmless. @throws NotAcknowledged */
  async create(path: string, key: string, body: object): Promise<Row> {
    const { answer } = await this.#settle('POST', path, body, key);
    if (answer.status !== 201) throw this.#refused(`POST ${path}`, answer);
    this.#ledger.acknowledged++;
    return answer.data;
  }

  /** Asks once more for what was created: the first answer comes again. @throws NotAcknowledged */
  async repeat(path: string, key: string, body: object, id: string): Promise<void> {
    const { answer } = await this.#settle('POST', path, body, key);
    this.#ledger.repeated++;
    if (answer.status !== 201 || answer.data.id !== id || !answer.replayed) {
      this.#ledger.otherAnswers.push(`${key}: ${answer.status} ${answer.data?.id ?? answer.error?.code} for ${id}`);
    }
  }

  /**
   * Changes something at a version. When an attempt stayed without an answer and the next finds the version gone, the
   * first was done: nobody else writes there.
   * @returns the version after the change @throws NotAcknowledged
   */
  async change(method: 'PATCH' | 'POST', path: string, body: { version: number }): Promise<number> {
    const { answer, asked } = await this.#settle(method, path, body);
    if (answer.status < 300) {
      this.#ledger.acknowledged++;
      return answer.data.version;
    }
    const done = answer.error?.code.endsWith('_version_conflict') && (answer.error.details?.actual ?? 0) > body.version;
    if (asked > 1 && done) return body.version + 1;
    throw this.#refused(`${method} ${path}`, answer);
  }

  /** Asks once; null where nothing is known. */
  async ask(method: string, path: string, body?: object, key?: string): Promise<Answer | null> {
    const started = performance.now();
    try {
      if (path !== '/auth/login' && !(await this.#signIn())) return null;
      const response = await fetch(`${this.#base()}/v1${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(this.#token && { authorization: `Bearer ${this.#token}` }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const answer = (await response.json()) as Omit<Answer, 'status' | 'replayed'>;
      return { ...answer, status: response.status, replayed: response.headers.get('idempotency-replayed') === 'true' };
    } catch {
      return null;
    } finally {
      this.#ledger.slowestMs = Math.max(this.#ledger.slowestMs, performance.now() - started);
    }
  }

  async #settle(method: string, path: string, body: object, key?: string): Promise<{ answer: Answer; asked: number }> {
    const deadline = performance.now() + SETTLED_MS;
    for (let asked = 1; performance.now() < deadline; asked++) {
      const answer = await this.ask(method, path, body, key);
      const code = answer?.error?.code ?? '';
      if (answer?.status === 500) this.#ledger.faults.push(`500 ${method} ${path}`);
      if (SIGN_IN_AGAIN.has(code)) this.#token = null;
      else if (answer && answer.status < 500 && !UNDECIDED.has(code)) return { answer, asked };
      this.#ledger.unknown++;
      await sleep(AGAIN_MS);
    }
    this.#ledger.unsettled.push(`${method} ${path}`);
    throw new NotAcknowledged(path);
  }

  async #signIn(): Promise<boolean> {
    if (this.#token !== null) return true;
    const { email, password } = this.account;
    const answer = await this.ask('POST', '/auth/login', { email, password });
    if (answer?.status === 200) this.#token = (answer.data as unknown as { access_token: string }).access_token;
    else if (answer && answer.status < 500) this.#ledger.faults.push(`sign-in ${answer.error?.code}`);
    return this.#token !== null;
  }

  #refused(what: string, { status, error }: Answer): NotAcknowledged {
    this.#ledger.faults.push(`${status} ${error?.code} ${what}`);
    return new NotAcknowledged(what);
  }
}
