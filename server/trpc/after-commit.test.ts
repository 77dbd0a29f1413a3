import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

vi.mock('../telemetry/metrics.ts', async (original) => ({
  ...(await original<object>()),
  countIncident: () => {
    throw new Error('The metrics are broken');
  },
}));

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

test('what fails after the commit leaves the act done, answered and kept as a success', async () => {
  const { id } = await desk.callerAs('support').incidents.create({
    user_id: desk.people.user.id,
    category: 'account',
    title: 'Done',
    description: 'Whatever the metrics say',
  });
  const events = await desk.sql('select action, status from audit_event where target_id = $1', [id]);
  expect(events).toEqual([{ action: 'support_incident_create', status: 'success' }]);
});
