import { Link } from '@remix-run/react';
import { INCIDENT_PRIORITIES } from '../../../server/incidents/incidents.rules.ts';
import { LIVE_SAMPLE } from '../../../server/ops/ops.rules.ts';
import type { OpsDashboard } from '../../../server/ops/ops.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconCircleCheck } from '../ui/icons.ts';
import { PriorityBadge, StatusBadge } from '../ui/incident-badges.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './incident-panels.module.css';
import { Panel, panelClasses } from './panel.tsx';
import { ShareBar } from './share-bar.tsx';

type Incidents = OpsDashboard['incidents'];

/** Open and in-progress incidents by priority. */
export function PriorityPanel({ incidents }: { incidents: Incidents }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const of = (priority: string, status: string) =>
    incidents.by_priority.find((row) => row.priority === priority && row.status === status)?.count ?? 0;
  const rows = INCIDENT_PRIORITIES.toReversed().map((priority) => ({
    priority,
    open: of(priority, 'open'),
    inProgress: of(priority, 'in_progress'),
  }));
  const longest = Math.max(...rows.map(({ open, inProgress }) => open + inProgress));
  return (
    <Panel title={t('ops.by_priority')} note={incidents.sampled ? t('ops.sampled', { count: LIVE_SAMPLE }) : undefined}>
      <table className={panelClasses.table}>
        <thead>
          <tr>
            <th scope="col">{t('incidents.fields.priority')}</th>
            <th scope="col" className={classes.barCell}>
              <span className="g-hidden">{t('ops.share')}</span>
            </th>
            <th scope="col" className={classes.first}>
              {t('incidents.status.open')}
            </th>
            <th scope="col" className={classes.second}>
              {t('incidents.status.in_progress')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ priority, open, inProgress }) => (
            <tr key={priority}>
              <th scope="row">
                <PriorityBadge priority={priority} plain />
              </th>
              <td>
                <ShareBar first={open} second={inProgress} of={longest} />
              </td>
              <td>
                <Link to={`/incidents?status=open&priority=${priority}`}>{number(open)}</Link>
              </td>
              <td>
                <Link to={`/incidents?status=in_progress&priority=${priority}`}>{number(inProgress)}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** The incidents that have waited longest for somebody. `now` is ISO. */
export function UnassignedPanel({ incidents, now }: { incidents: Incidents['oldest_unassigned']; now: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('ops.oldest_unassigned')}>
      {incidents.length === 0 ? (
        <EmptyState compact icon={IconCircleCheck}>
          {t('ops.all_assigned')}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {incidents.map((incident) => (
            <li key={incident.id}>
              <Link to={`/incidents/${incident.id}`} className={classes.title}>
                <span className="g-mono">#{incident.number}</span> <bdi dir="auto">{incident.title}</bdi>
              </Link>
              <span className={classes.marks}>
                <PriorityBadge priority={incident.priority} plain />
                <StatusBadge status={incident.status} plain />
                <span className="g-dimmed">
                  <Time at={incident.created_at} now={now} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** How many incidents each agent has, the busiest first. */
export function LoadPanel({ load }: { load: Incidents['load'] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const longest = Math.max(0, ...load.map((agent) => agent.open + agent.in_progress));
  return (
    <Panel title={t('ops.load')} note={t('ops.load_note')}>
      {load.length === 0 ? (
        <EmptyState compact icon={IconCircleCheck}>
          {t('ops.nobody_busy')}
        </EmptyState>
      ) : (
        <table className={panelClasses.table}>
          <thead>
            <tr>
              <th scope="col">{t('ops.agent')}</th>
              <th scope="col" className={classes.barCell}>
                <span className="g-hidden">{t('ops.share')}</span>
              </th>
              <th scope="col" className={classes.first}>
                {t('incidents.status.open')}
              </th>
              <th scope="col" className={classes.second}>
                {t('incidents.status.in_progress')}
              </th>
              <th scope="col">{t('incidents.priority.high')}</th>
            </tr>
          </thead>
          <tbody>
            {load.map((agent) => (
              <tr key={agent.agent_id}>
                <th scope="row">
                  <Link to={`/incidents?assignee_id=${agent.agent_id}&status=open,in_progress`}>
                    <PersonName name={agent.agent_name} />
                  </Link>
                </th>
                <td>
                  <ShareBar first={agent.open} second={agent.in_progress} of={longest} />
                </td>
                <td>{number(agent.open)}</td>
                <td>{number(agent.in_progress)}</td>
                <td>{number(agent.high)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
