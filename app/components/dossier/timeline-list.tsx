import { Link, useLocation, useSearchParams } from '@remix-run/react';
import { useMemo } from 'react';
import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { dayIn } from '../ui/date-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconCheck, IconHistory } from '../ui/icons.ts';
import { withParams } from '../ui/search-params.ts';
import { useRootData } from '../ui/use-root-data.ts';
import { DayName } from './clock-time.tsx';
import classes from './timeline.module.css';
import { byDay, TIMELINE_VIEWS, timelineOf, timelineView } from './timeline.ts';
import { TimelineLine } from './timeline-entry.tsx';

/** All that happened to a customer, newest first, by day; `?show=` in the URL narrows it. */
export function Timeline({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { timeZone } = useRootData();
  const view = timelineView(params.get('show'));
  const dayOf = useMemo(() => dayIn(timeZone), [timeZone]);
  const days = useMemo(() => byDay(timelineOf(dossier, view), dayOf, view === 'audit'), [dossier, view, dayOf]);
  const targets = useMemo(
    () => ({
      incidents: new Map(dossier.incidents.map(({ id, number }) => [id, number])),
      privacy: new Map(dossier.privacy_requests.map(({ id, kind }) => [id, kind])),
    }),
    [dossier],
  );
  return (
    <section className={classes.timeline} aria-labelledby="timeline">
      <header className={classes.header}>
        <h2 id="timeline">{t('dossier.timeline')}</h2>
        <Views />
      </header>
      {days.length === 0 ? (
        <div className="g-card">
          <EmptyState icon={IconHistory} compact>
            {t('dossier.timeline_empty')}
          </EmptyState>
        </div>
      ) : (
        days.map(({ day, entries }) => (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h3 id={`day-${day}`} className={classes.day}>
              <DayName day={day} today={dayOf(dossier.as_of)} />
            </h3>
            <ol className={classes.entries}>
              {entries.map((entry) => (
                <TimelineLine key={entry.key} entry={entry} targets={targets} withRequestId={view === 'audit'} />
              ))}
            </ol>
          </section>
        ))
      )}
      <Rest dossier={dossier} />
    </section>
  );
}

function Views() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const current = timelineView(params.get('show'));
  return (
    <nav className={`${classes.views} g-screen-only`} aria-label={t('dossier.timeline_filter')}>
      {(['all', ...TIMELINE_VIEWS] as const).map((view) => (
        <Link
          key={view}
          to={`${pathname}${withParams(params, { show: view === 'all' ? null : view })}`}
          aria-current={view === current ? 'true' : undefined}
          preventScrollReset
          replace
        >
          {view === current ? <IconCheck size={14} stroke={2.4} aria-hidden /> : null}
          {t(`dossier.view.${view}`)}
        </Link>
      ))}
    </nav>
  );
}

/** What the dossier does not show: older rows of each list, and where to read them. */
function Rest({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { user, counts } = dossier;
  const lists = [
    { key: 'incidents', shown: dossier.incidents.length, total: counts.incidents, to: `/incidents?user_id=${user.id}` },
    {
      key: 'privacy_requests',
      shown: dossier.privacy_requests.length,
      total: counts.privacy_requests,
      to: `/privacy?user_id=${user.id}&status=all`,
    },
    {
      key: 'audit_events',
      shown: dossier.audit_events.length,
      total: counts.audit_events,
      to: `/users/${user.id}/events`,
    },
  ] as const;
  const cut = lists.filter(({ shown, total }) => shown < total);
  if (cut.length === 0) return null;
  return (
    <ul className={classes.rest}>
      {cut.map(({ key, shown, total, to }) => (
        <li key={key}>
          {t(`dossier.${key}`)}: {t('dossier.newest_shown', { shown, total })}
          {' · '}
          <Link to={to}>{t('dossier.show_older')}</Link>
        </li>
      ))}
    </ul>
  );
}
