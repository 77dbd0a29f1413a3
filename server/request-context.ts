import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction, AuditStatus } from './audit/audit.rules.ts';
import type { AppError } from './errors.ts';
import type { Role } from './identity/roles.rules.ts';
import type { LimitState } from './rate-limit/limiter.ts';

/** Who is asking: by a signed-in browser, which has a `sessionId`, or by an access token, which has a `familyId`. */
export type Actor = {
  id: string;
  role: Role;
  name: string;
  sessionId?: string;
  familyId?: string;
  /** When the password was last given for this session or family. */
  authenticatedAt?: Date;
};

/** What belongs to one HTTP request; logs and traces read it. */
export type RequestContext = {
  requestId: string;
  /** The trace that the caller goes on with; without one, {@link traceIdOf} makes one. */
  traceId?: string | undefined;
  /** The client's address, proxies taken into account. */
  address: string;
  /** The route's template, never the path with its ids. */
  route: string;
  actor: Actor | null;
  /** Why there is no actor although a token was sent. */
  refusal?: AppError;
  /** The most constrained limit met so far, for the answer's headers. */
  rateLimit?: LimitState | null;
  /** Whether the caller has left, so that nobody waits for the answer. */
  hungUp?(): boolean;
  /** True once the page that it asks for was refused as a whole, which leaves one event. */
  refusedPage?: boolean;
  /** Set by the procedure that acts, for the access log. */
  action?: AuditAction;
  outcome?: AuditStatus;
  incidentId?: string;
  /** True once a procedure or a page has begun; what is refused before that is no load of its route. */
  reached?: boolean;
  /** Whether a page reads again what it shows, by what its browser says. */
  again?: boolean;
  /** The end of the last call of a batch so far: its calls run one after the other. */
  turn?: Promise<unknown>;
};

const storage = new AsyncLocalStorage<RequestContext>();

export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The request in progress, or undefined outside one (start-up, background work). */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

const CALLERS_OWN = /^[A-Za-z0-9_.:-]{8,128}$/;

/** The caller's own request id when it is well-formed, else a new UUIDv7. */
export function requestIdFrom(header: string | null | undefined): string {
  return header && CALLERS_OWN.test(header) ? header : uuidv7();
}

/** The trace that the lines of a request belong to where no spans are made: the caller's, else one of its own. */
export function traceIdOf(request: RequestContext): string {
  request.traceId ??= randomBytes(16).toString('hex');
  return request.traceId;
}
