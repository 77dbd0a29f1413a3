import { Link } from '@remix-run/react';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import type { IncidentStatus } from '../../../server/incidents/incidents.rules.ts';
import type { Agent } from '../../../server/users/staff.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OutcomeBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import { IconArrowRight } from '../ui/icons.ts';
import { StatusBadge } from '../ui/incident-badges.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import { useRootData } from '../ui/use-root-data.ts';
import { type HistoryLine, historyLines } from './history-lines.ts';
import classes from './incident-history.module.css';
import { useIncidentWords } from './incident-words.ts';

/** Who did what to an incident, and when: its audit events, newest first. */
export function IncidentHistory({ events, agents }: { events: readonly AuditEvent[]; agents: readonly Agent[] }) {
  const { t } = useTranslation();
  const permissions = useRootData().permissions as readonly string[];
  return (
    <ol className={classes.history}>
      {events.map((event) => (
        <li key={event.id} data-status={event.status}>
          <p className={classes.what}>
            <strong>{t(`audit.action.${event.action}`)}</strong>
            {event.status === 'success' ? null : <OutcomeBadge status={event.status} plain />}
            <span className={classes.who}>
              {event.actor_role === 'system' ? (
                t('roles.system')
              ) : (
                <PersonName name={event.actor_name ?? t('common.somebody')} />
              )}
            </span>
          </p>
          <p className={classes.lines}>
            {historyLines(event).map((line) => (
              <span key={`${line.kind}${'field' in line ? line.field : ''}`} className={classes.line}>
                <Line line={line} agents={agents} />
              </span>
            ))}
          </p>
          <p className={classes.when}>
            <Time at={event.created_at} exact />
            <span className={classes.request}>
              {permissions.includes('audit:search') ? (
                <Link to={`/audit?request_id=${encodeURIComponent(event.request_id)}`}>
                  {t('error_page.request_id')}
                </Link>
              ) : (
                t('error_page.request_id')
              )}{' '}
              <CopyId value={event.request_id} label={t('error_page.request_id')} short />
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function Line({ line, agents }: { line: HistoryLine; agents: readonly Agent[] }) {
  const { t, i18n } = useTranslation();
  const words = useIncidentWords({ agents });
  switch (line.kind) {
    case 'moved':
      return (
        <>
          <StatusBadge status={line.from as IncidentStatus} plain />
          <IconArrowRight size={14} role="img" aria-label={t('incidents.moved_to')} />
          <StatusBadge status={line.to as IncidentStatus} plain />
        </>
      );
    case 'set':
      return `${t('incidents.labelled', { label: words.field(line.field) })} ${words.value(line.field, line.value)}`;
    case 'assigned':
      return (
        <>
          {t('incidents.labelled', { label: words.field('assignee_id') })} <bdi dir="auto">{words.agent(line.to)}</bdi>
        </>
      );
    case 'rewritten': {
      const list = line.fields.map((field) => t(`incidents.fields.${field as 'title'}`).toLocaleLowerCase());
      return t('incidents.rewritten', { list: new Intl.ListFormat(i18n.language).format(list) });
    }
    case 'refused': {
      const key = `incidents.refused.${line.code}`;
      return i18n.exists(key) ? t(key as 'incidents.refused.insufficient_role') : line.code;
    }
  }
}
