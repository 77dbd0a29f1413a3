import { Link } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconAlertTriangle } from '../ui/icons.ts';
import { Mark } from '../ui/mark.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './queue-summary.module.css';

type Total = { total: number; total_capped: boolean };

/** The queue at a glance: how much stands in each section, with the way down to it, and whether a deadline is missed. */
export function QueueSummary({
  mine,
  unassigned,
  due,
  overdue,
}: {
  mine: Total;
  unassigned: Total;
  due: Total;
  overdue: number;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const words = ({ total, total_capped }: Total) => `${number(total)}${total_capped ? '+' : ''}`;
  return (
    <ul className={classes.summary}>
      <li>
        <a href="#mine">{t('queue.mine')}</a> {words(mine)}
      </li>
      <li>
        <a href="#unassigned">{t('queue.unassigned')}</a> {words(unassigned)}
      </li>
      <li>
        <a href="#due">{t('queue.due')}</a> {words(due)}
      </li>
      {overdue > 0 ? (
        <li>
          <Link to="/privacy?overdue=true">
            <Mark tone="bad" icon={IconAlertTriangle} plain>
              {t('queue.overdue', { count: overdue })}
            </Mark>
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
