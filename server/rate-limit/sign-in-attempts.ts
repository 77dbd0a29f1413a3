import { AppError } from '../errors.ts';
import type { RequestContext } from '../request-context.ts';
import { loginChecks } from './checks.ts';
import { countRequest } from './count-request.ts';
import { Delays, delayOf } from './delays.ts';
import { type Limiter, RateLimited } from './limiter.ts';

/** What a refused attempt is told to wait when every place to wait in is taken. */
const BUSY_SECONDS = 5;

/**
 * Counts attempts to sign in. Somebody who guesses is refused at their own address; guesses at one e-mail from many
 * addresses are slowed down, and its owner, with the right password, still gets in.
 */
export class SignInAttempts {
  readonly #limiter: Limiter;
  readonly #delays = new Delays();

  constructor(limiter: Limiter) {
    this.#limiter = limiter;
  }

  /**
   * Counts an attempt, and waits as long as earlier ones at this e-mail ask for. To be called before the password is
   * looked at, so that the wait tells nothing of it.
   * @throws RateLimited, AppError request_aborted when the caller left meanwhile
   */
  async admit(request: RequestContext, email: string): Promise<void> {
    const checks = loginChecks(email, request.address);
    await countRequest(this.#limiter, request, [checks.email, checks.address]);
    const counted = await this.#limiter.count(checks.everywhere);
    const delay = delayOf(counted?.past ?? 0);
    if (!counted || delay === 0) return;
    if (!(await this.#delays.wait(request.address, delay))) {
      await Promise.all(Object.values(checks).map((check) => this.#limiter.giveBack(check)));
      request.rateLimit = { ...counted.state, reset: BUSY_SECONDS };
      throw new RateLimited(request.rateLimit, { first: true });
    }
    if (request.hungUp?.()) throw new AppError('request_aborted');
  }

  /** Gives back what the attempts of a person used who has signed in now: theirs are those at this e-mail from here. */
  async succeed({ address }: RequestContext, email: string): Promise<void> {
    const checks = loginChecks(email, address);
    const points = await this.#limiter.clear(checks.email);
    if (points <= 0) return;
    await Promise.all([checks.address, checks.everywhere].map((check) => this.#limiter.giveBack({ ...check, points })));
  }
}
