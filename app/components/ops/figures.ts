import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';

/** The sums that the tiles of the dashboard show. */
export function figuresOf({ incidents, privacy, refusals }: OpsDashboard) {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const live = (pick: (row: OpsDashboard['incidents']['live'][number]) => boolean) =>
    sum(incidents.live.filter(pick).map(({ count }) => count));
  return {
    open: live(({ status }) => status === 'open'),
    inProgress: live(({ status }) => status === 'in_progress'),
    high: live(({ priority }) => priority === 'high'),
    privacyOpen: sum(privacy.map(({ open }) => open)),
    privacyOverdue: sum(privacy.map(({ overdue }) => overdue)),
    privacyDueSoon: sum(privacy.map(({ due_soon }) => due_soon)),
    refused: sum(refusals.acts.map(({ denied, failed }) => denied + failed)),
    signIns: refusals.sign_ins,
  };
}
