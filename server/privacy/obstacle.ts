import { PRIVACY_FAILURES, type PrivacyFailure } from './privacy.rules.ts';

/** What stands in the way of carrying a request out, and does not go away by itself. */
export class PrivacyObstacle extends Error {
  readonly failure: PrivacyFailure;

  constructor(failure: PrivacyFailure) {
    super(PRIVACY_FAILURES[failure]);
    this.name = 'PrivacyObstacle';
    this.failure = failure;
  }
}
