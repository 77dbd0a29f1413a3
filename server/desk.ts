import type { MikroORM } from '@mikro-orm/postgresql';
import type { Refusals } from './audit/refusals.ts';
import type { AccessTokens } from './identity/access-token.ts';
import type { ActorDirectory } from './identity/actors.ts';
import type { SealKey } from './privacy/canonical-json.ts';
import type { LegalCalendar } from './privacy/deadline.rules.ts';
import type { Limiter } from './rate-limit/limiter.ts';
import type { SignInAttempts } from './rate-limit/sign-in-attempts.ts';
import type { TrigramFrequencies } from './users/trigram-frequencies.ts';

/** What procedures stand on: made once at start. */
export type Desk = {
  orm: MikroORM;
  limiter: Limiter;
  signIns: SignInAttempts;
  accessTokens: AccessTokens;
  actors: ActorDirectory;
  refusals: Refusals;
  trigrams: TrigramFrequencies;
  /** The days by which legal deadlines are counted. */
  calendar: LegalCalendar;
  /** Seals certificates, and tells its own seal from a forged one. */
  sealKey: SealKey;
};
