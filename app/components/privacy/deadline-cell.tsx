import type { PrivacyRequestListItem } from '../../../server/privacy/privacy.schema.ts';
import { DaysLeft, deadlineTone } from '../ui/privacy-badges.tsx';
import { shareUsed } from './clock-geometry.ts';
import classes from './deadline-cell.module.css';

const WIDTH = 56;
const STATES = { bad: 'overdue', warn: 'soon', neutral: 'calm' } as const;

/** The legal clock of a request in a list: how much of the time is used, and the days left in words. */
export function DeadlineCell({ request, now }: { request: PrivacyRequestListItem; now: string }) {
  const { days_left: daysLeft, overdue } = request;
  return (
    <span className={classes.cell}>
      {daysLeft === null ? (
        <span className={classes.none} />
      ) : (
        <svg
          width={WIDTH}
          height={6}
          className={classes.bar}
          data-state={STATES[deadlineTone(daysLeft)]}
          aria-hidden="true"
        >
          <rect width={WIDTH} height={6} rx={3} className={classes.track} />
          <rect width={Math.max(6, WIDTH * shareUsed(request, now))} height={6} rx={3} className={classes.used} />
        </svg>
      )}
      <DaysLeft request={request} plain={!overdue} />
    </span>
  );
}
