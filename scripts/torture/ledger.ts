/** What an act was acknowledged to have done, and which events the audit must then hold, no more and no fewer. */
export type Noted = {
  type: 'incident' | 'privacy_request';
  id: string;
  /** The Idempotency-Key and the actor under which it was created. */
  key: string;
  actor: string;
  kind: string;
  status: string;
  version: number;
  /** Successful events by people, by their action. */
  acts: Record<string, number>;
};

/** All that the writers were told, and what went wrong on their side of the wire. */
export class Ledger {
  readonly noted = new Map<string, Noted>();
  /** Answers 2xx to changes. */
  acknowledged = 0;
  /** Requests without an answer, or answered 503: asked again until acknowledged. */
  unknown = 0;
  /** Creations asked again with their key after they had been acknowledged. */
  repeated = 0;
  slowestMs = 0;

  /** Repeats of a creation that were given something else than the first answer. */
  readonly otherAnswers: string[] = [];
  /** Answers 500, and refusals that the writers gave no reason for. */
  readonly faults: string[] = [];
  /** Acts that nobody acknowledged in the time given. */
  readonly unsettled: string[] = [];

  created(row: Omit<Noted, 'acts'>, action: string): Noted {
    const noted = { ...row, acts: { [action]: 1 } };
    this.noted.set(row.id, noted);
    return noted;
  }

  moved(noted: Noted, status: string, version: number, ...actions: string[]): void {
    noted.status = status;
    noted.version = version;
    for (const action of actions) noted.acts[action] = (noted.acts[action] ?? 0) + 1;
  }
}
