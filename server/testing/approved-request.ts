import { expect, vi } from 'vitest';
import type { PrivacyKind } from '../privacy/privacy.rules.ts';
import { TRACES } from './customer.ts';
import type { TestDesk } from './desk.ts';
import type { Person } from './people.ts';

/** A request of the customer, approved by ops and ready to be carried out. */
export async function approvedRequest(desk: TestDesk, person: Person, kind: PrivacyKind): Promise<string> {
  const { id } = await desk.callerAs(person).privacy.own.create({ kind, details: TRACES.details });
  if (kind === 'erasure') await desk.callerAs('support').privacy.verifyIdentity({ id, means: 'document' });
  await desk.callerAs('ops', 'approval-0001').privacy.approve({ id });
  return id;
}

/** Makes the job of an approved request due, as time would, once the attempt before has been put down as over. */
export async function makeDue(desk: TestDesk, id: string): Promise<void> {
  // graphile-worker does not wait for its note of a failure, which would put the job off again if it came after ours.
  await vi.waitFor(async () => {
    const due = await desk.sql(
      `update graphile_worker._private_jobs set run_at = now()
       where key = 'privacy_request:' || $1 and locked_at is null returning id`,
      [id],
    );
    expect(due).toHaveLength(1);
  }, 5_000);
}
