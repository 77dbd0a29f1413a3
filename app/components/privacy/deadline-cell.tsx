import type { PrivacyRequestListItem } from '../../../server/privacy/privacy.schema.ts';
import { DaysLeft } from '../ui/privacy-badges.tsx';
import { shareUsed } from './clock-geometry.ts';
import classes from './deadline-cell.module.css';

const WIDTH = 56;

/** The legal clock of a request in a list: how much of the time is used, and the days left in words. */
export function DeadlineCell({ request, now }: { request: PrivacyRequestListItem; now: string }) {
  const { days_left: daysLeft, due_at: dueAt, overdue } = request;
  return (
    <span className={classes.cell}>
      {daysLeft === null ? (
        <span className={classes.none} />
      ) : (
        <svg width={WIDTH} height={6} className={classes.bar} data-state={stateOf(daysLeft)} aria-hidden="true">
          <rect width={WIDTH} height={6} rx={3} className={classes.track} />
          <rect width={Math.max(6, WIDTH * shareUsed(request, now))} height={6} rx={3} className={classes.used} />
        </svg>
      )}
      <DaysLeft daysLeft={daysLeft} dueAt={dueAt} plain={!overdue} />
    </span>
  );
}

function stateOf(daysLeft: number) {
  if (daysLeft < 0) return 'overdue';
  return daysLeft <= 7 ? 'soon' : 'calm';
}
