import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconAlertTriangle } from '../ui/icons.ts';
import { useFormat } from '../ui/use-format.ts';
import { durationWords } from './duration.ts';
import { figuresOf } from './figures.ts';
import classes from './tiles.module.css';

/** The figures that say at a glance how the desk is doing; each leads to what it counts. */
export function Tiles({ dashboard }: { dashboard: OpsDashboard }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormat();
  const figures = figuresOf(dashboard);
  const { resolution, sampled } = dashboard.incidents;
  const words = (seconds: number) => durationWords(seconds, i18n.language === 'fr' ? 'fr-FR' : 'en-GB');
  const sinceDay = `from=${encodeURIComponent(new Date(Date.parse(dashboard.as_of) - 86_400_000).toISOString())}`;
  return (
    <ul className={classes.tiles}>
      <Tile
        to="/incidents?status=open,in_progress"
        label={t('ops.open_incidents')}
        value={number(figures.live) + (figures.liveCapped ? '+' : '')}
        note={t('ops.of_them_in_progress', { count: figures.inProgress })}
      />
      <Tile
        to="/incidents?status=open,in_progress&priority=high"
        label={t('ops.high_priority')}
        value={number(figures.high) + (sampled ? '+' : '')}
        note={t('ops.open_or_in_progress')}
      />
      <Tile
        label={t('ops.resolution_median')}
        value={resolution ? words(resolution.median_seconds) : '—'}
        note={resolution ? t('ops.resolution_p90', { time: words(resolution.p90_seconds) }) : t('ops.resolution_none')}
      />
      <Tile
        to="/privacy?overdue=true"
        label={t('ops.overdue_requests')}
        value={number(figures.privacyOverdue)}
        note={t('ops.due_soon', { count: figures.privacyDueSoon })}
        loud={figures.privacyOverdue > 0}
      />
      <Tile
        to={`/audit?status=denied,failed&${sinceDay}`}
        label={t('ops.refused_acts')}
        value={number(figures.refused)}
        note={t('ops.last_day')}
      />
      <Tile
        to={`/audit?action=auth_login&status=denied,failed&${sinceDay}`}
        label={t('ops.refused_sign_ins')}
        value={number(figures.signIns)}
        note={t('ops.last_day')}
      />
    </ul>
  );
}

type TileProps = { to?: string; label: string; value: string; note: ReactNode; loud?: boolean };

function Tile({ to, label, value, note, loud = false }: TileProps) {
  return (
    <li className={classes.tile} data-loud={loud ? '' : undefined}>
      <p className={classes.label}>
        {loud ? <IconAlertTriangle size={15} aria-hidden /> : null}
        {to ? (
          <Link to={to} className={classes.link}>
            {label}
          </Link>
        ) : (
          label
        )}
      </p>
      <p className={classes.value} suppressHydrationWarning>
        {value}
      </p>
      <p className={classes.note} suppressHydrationWarning>
        {note}
      </p>
    </li>
  );
}
