import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';

/** The sums that the tiles of the dashboard show. */
export function figuresOf({ incidents, privacy, refusals }: OpsDashboard) {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    live: incidents.open.count + incidents.in_progress.count,
    liveCapped: incidents.open.capped || incidents.in_progress.capped,
    inProgress: incidents.in_progress.count,
    high: sum(incidents.by_priority.filter(({ priority }) => priority === 'high').map(({ count }) => count)),
    privacyOpen: sum(privacy.map(({ open }) => open)),
    privacyOverdue: sum(privacy.map(({ overdue }) => overdue)),
    privacyDueSoon: sum(privacy.map(({ due_soon }) => due_soon)),
    refused: sum(refusals.acts.map(({ denied, failed }) => denied + failed)),
    signIns: refusals.sign_ins,
  };
}
