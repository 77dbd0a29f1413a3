import { Link } from '@remix-run/react';
import type { AuditEvent, FoldedEvent } from '../../../server/audit/audit.schema.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  INCIDENT_STATUSES,
  type IncidentStatus,
} from '../../../server/incidents/incidents.rules.ts';
import type { PrivacyKind } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OutcomeBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import {
  type Icon,
  IconCalendarDue,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClipboardList,
  IconEdit,
  IconEye,
  IconHeadset,
  IconLock,
  IconShieldLock,
} from '../ui/icons.ts';
import { StatusBadge } from '../ui/incident-badges.tsx';
import type { Tone } from '../ui/mark.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { ClockTime } from './clock-time.tsx';
import classes from './timeline.module.css';
import type { IncidentStep, PrivacyStep, TimelineEntry } from './timeline.ts';

const INCIDENT = {
  opened: { tone: 'info', icon: IconHeadset },
  resolved: { tone: 'good', icon: IconCircleCheck },
  closed: { tone: 'neutral', icon: IconLock },
} as const satisfies Record<IncidentStep, { tone: Tone; icon: Icon }>;

const PRIVACY = {
  received: { tone: 'violet', icon: IconShieldLock },
  extended: { tone: 'warn', icon: IconCalendarDue },
  approved: { tone: 'ink', icon: IconCheck },
  denied: { tone: 'neutral', icon: IconCircleX },
  completed: { tone: 'good', icon: IconCircleCheck },
} as const satisfies Record<PrivacyStep, { tone: Tone; icon: Icon }>;

/** What the dossier knows of the targets of its audit events, by id. */
export type Targets = { incidents: ReadonlyMap<string, number>; privacy: ReadonlyMap<string, PrivacyKind> };

/** One line of the timeline. `withRequestId` shows what to quote of an audit event. */
export function TimelineLine({
  entry,
  targets,
  withRequestId,
}: {
  entry: TimelineEntry;
  targets: Targets;
  withRequestId: boolean;
}) {
  const look =
    entry.type === 'incident'
      ? INCIDENT[entry.step]
      : entry.type === 'privacy'
        ? PRIVACY[entry.step]
        : lookOf(entry.event);
  const { event } = entry;
  return (
    <li className={classes.entry} data-quiet={entry.type === 'audit' ? '' : undefined}>
      <span className={classes.clock}>
        <ClockTime at={entry.at} />
      </span>
      <span className={classes.dot} data-tone={look.tone}>
        <look.icon size={14} stroke={2} aria-hidden />
      </span>
      <div className={classes.what}>
        <p className={classes.words}>
          <Words entry={entry} targets={targets} />
        </p>
        {event ? (
          <p className={classes.by}>
            <Actors event={event} />
            {withRequestId ? <CopyId value={event.request_id} short /> : null}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function lookOf(event: AuditEvent): { tone: Tone; icon: Icon } {
  if (event.status !== 'success') return { tone: event.status === 'denied' ? 'warn' : 'bad', icon: IconCircleX };
  if (event.action === 'support_dossier_read') return { tone: 'neutral', icon: IconEye };
  if (event.target_type === 'incident') return { tone: 'neutral', icon: IconEdit };
  return { tone: 'neutral', icon: event.target_type === 'privacy_request' ? IconShieldLock : IconClipboardList };
}

function Words({ entry, targets }: { entry: TimelineEntry; targets: Targets }) {
  const { t } = useTranslation();
  if (entry.type === 'incident') {
    const { incident, step } = entry;
    return (
      <>
        <span className={classes.step}>{t(`dossier.incident_step.${step}`)}</span>{' '}
        <Link to={`/incidents/${incident.id}`} className={classes.subject}>
          <span className={classes.number}>#{incident.number}</span> <bdi>{incident.title}</bdi>
        </Link>
      </>
    );
  }
  if (entry.type === 'privacy') {
    const { request, step } = entry;
    return (
      <>
        <span className={classes.step}>{t(`dossier.privacy_step.${step}`)}</span>{' '}
        <Link to={`/privacy/${request.id}`} className={classes.subject}>
          {t(`privacy.kind_long.${request.kind}`)}
        </Link>
      </>
    );
  }
  return <AuditWords event={entry.event} count={entry.count} targets={targets} />;
}

function AuditWords({ event, count, targets }: { event: AuditEvent; count: number; targets: Targets }) {
  const { t } = useTranslation();
  const to = INCIDENT_STATUSES.find((status) => event.target_type === 'incident' && status === event.details.to);
  return (
    <>
      <span>{t(`audit.action.${event.action}`)}</span>
      {count > 1 ? <span className={classes.count}> {t('dossier.times', { count })}</span> : null}
      <Target event={event} targets={targets} />
      {event.status === 'success' ? null : (
        <>
          {' '}
          <OutcomeBadge status={event.status} plain />
        </>
      )}
      {to && event.status === 'success' ? <Arrow to={to} /> : null}
      <Changes event={event} />
    </>
  );
}

function Arrow({ to }: { to: IncidentStatus }) {
  return (
    <>
      {' → '}
      <StatusBadge status={to} plain />
    </>
  );
}

function Target({ event, targets }: { event: AuditEvent; targets: Targets }) {
  const { t } = useTranslation();
  if (!event.target_id) return null;
  if (event.target_type === 'incident') {
    const number = targets.incidents.get(event.target_id);
    return (
      <>
        {' '}
        <Link to={`/incidents/${event.target_id}`}>{number ? `#${number}` : t('audit.target.incident')}</Link>
      </>
    );
  }
  if (event.target_type !== 'privacy_request') return null;
  const kind = targets.privacy.get(event.target_id);
  return (
    <>
      {' · '}
      <Link to={`/privacy/${event.target_id}`}>
        {kind ? t(`privacy.kind_long.${kind}`) : t('audit.target.privacy_request')}
      </Link>
    </>
  );
}

/** Which fields an incident's change touched, and to what where it tells; its status is told by the arrow. */
function Changes({ event }: { event: AuditEvent }) {
  const { t, i18n } = useTranslation();
  const { fields, priority, category, assignee_id } = event.details;
  if (event.target_type !== 'incident' || !Array.isArray(fields)) return null;
  const isPriority = INCIDENT_PRIORITIES.find((value) => value === priority);
  const isCategory = INCIDENT_CATEGORIES.find((value) => value === category);
  const words = [
    fields.includes('title') && t('incidents.fields.title'),
    fields.includes('description') && t('incidents.fields.description'),
    isPriority && `${t('incidents.fields.priority')}: ${t(`incidents.priority.${isPriority}`)}`,
    isCategory && `${t('incidents.fields.category')}: ${t(`incidents.category.${isCategory}`)}`,
    fields.includes('assignee_id') && (assignee_id ? t('dossier.assigned') : t('dossier.unassigned')),
  ].filter((word) => typeof word === 'string');
  if (words.length === 0) return null;
  return <span className={classes.count}> · {new Intl.ListFormat(i18n.language, { type: 'unit' }).format(words)}</span>;
}

/** Who did it; of readings folded into one, everybody who read. */
function Actors({ event }: { event: FoldedEvent }) {
  const { i18n } = useTranslation();
  const { actors = [] } = event;
  if (actors.length < 2) return <ActorName event={event} />;
  const names = new Intl.ListFormat(i18n.language).formatToParts(actors.map((_, index) => String(index)));
  return (
    <span>
      {names.map(({ type, value }) => {
        const actor = type === 'element' ? actors[Number(value)] : undefined;
        return actor ? <PersonName key={actor.id} name={actor.name} erased={!actor.name} /> : value;
      })}
    </span>
  );
}

function ActorName({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  if (event.actor_role === 'system') return <span>{t('common.system')}</span>;
  if (event.actor_role === 'anonymous') return <span>{t('roles.anonymous')}</span>;
  return <PersonName name={event.actor_name} erased={!event.actor_name} />;
}
