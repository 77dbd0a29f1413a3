import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useFormat } from '../ui/use-format.ts';
import { dayChart } from './day-chart.ts';
import classes from './days-panel.module.css';
import { Panel } from './panel.tsx';

const TOP = 20;
const HEIGHT = 168;
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Incidents opened and closed, day by day, as columns and as a table. */
export function DaysPanel({ days, zone }: { days: OpsDashboard['incidents']['days']; zone: string }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormat();
  const locale = i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const name = (day: string) => short.format(new Date(`${day}T00:00:00Z`));
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  const closed = days.reduce((sum, day) => sum + day.closed, 0);
  const { columns, width, grid } = dayChart(days);
  const top = grid.at(-1) ?? 1;
  return (
    <Panel title={t('ops.days')} note={t('ops.days_zone', { zone })}>
      <p className={classes.legend}>
        <span data-series="opened">
          {t('ops.opened')} <strong>{number(opened)}</strong>
        </span>
        <span data-series="closed">
          {t('ops.closed')} <strong>{number(closed)}</strong>
        </span>
      </p>
      <svg
        role="img"
        aria-label={t('ops.days_summary', { opened, closed })}
        width="100%"
        height={TOP + HEIGHT + 28}
        className={classes.chart}
      >
        <defs>
          <pattern id="closed-columns" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className={classes.hatchGround} />
            <rect width="3" height="6" className={classes.hatch} />
          </pattern>
        </defs>
        {grid.map((value) => {
          const y = TOP + HEIGHT * (1 - value / top);
          return (
            <g key={value}>
              <line x1="0" x2="100%" y1={y} y2={y} className={classes.line} />
              <text x="0" y={y - 4} className={classes.label}>
                {value > 0 ? number(value) : ''}
              </text>
            </g>
          );
        })}
        {columns.map((day, index) => (
          <g key={day.day}>
            <rect
              x={percent(day.openedX)}
              y={TOP + HEIGHT * (1 - day.openedHeight)}
              width={percent(width)}
              height={HEIGHT * day.openedHeight}
              className={classes.opened}
            />
            <rect
              x={percent(day.closedX)}
              y={TOP + HEIGHT * (1 - day.closedHeight)}
              width={percent(width)}
              height={HEIGHT * day.closedHeight}
              fill="url(#closed-columns)"
            />
            <text
              x={percent(day.middle)}
              y={TOP + HEIGHT + 18}
              textAnchor="middle"
              className={classes.label}
              data-second={index % 2 === 0 ? '' : undefined}
            >
              {name(day.day)}
            </text>
          </g>
        ))}
      </svg>
      <details className={classes.table}>
        <summary>{t('ops.as_table')}</summary>
        <table>
          <caption className="g-hidden">{t('ops.days')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('ops.day')}</th>
              <th scope="col">{t('ops.opened')}</th>
              <th scope="col">{t('ops.closed')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{name(day.day)}</th>
                <td>{number(day.opened)}</td>
                <td>{number(day.closed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  );
}
