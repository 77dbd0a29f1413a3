import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import { can } from '../../../server/identity/roles.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from '../ui/copy-id.tsx';
import { IconFilter } from '../ui/icons.ts';
import { useRootData } from '../ui/use-root-data.ts';
import { detailFacts } from './details-words.ts';
import classes from './event-details.module.css';
import { TargetLink } from './target-link.tsx';

/** All that an event tells, as names and values, with the ways to the events beside it. */
export function EventDetails({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.facts}>
      <Fact name={t('audit.fields.request_id')}>
        <CopyId value={event.request_id} label={t('audit.fields.request_id')} />
        <Same name="request_id" value={event.request_id} words={t('audit.same_request')} />
      </Fact>
      {event.actor_id ? (
        <Fact name={t('audit.fields.actor')}>
          <CopyId value={event.actor_id} label={t('audit.fields.actor_id')} />
          <Same name="actor_id" value={event.actor_id} words={t('audit.same_actor')} />
        </Fact>
      ) : null}
      {event.target_id ? (
        <Fact name={t(`audit.target.${event.target_type}`)}>
          <span className={classes.target}>
            <TargetLink type={event.target_type} id={event.target_id} />
          </span>
          <CopyId value={event.target_id} label={t('audit.fields.target_id')} />
          <Same name="target_id" value={event.target_id} words={t('audit.same_target')} />
        </Fact>
      ) : null}
      {detailFacts(event, t).map(({ key, label, value }) => (
        <Fact key={key} name={label}>
          {value}
        </Fact>
      ))}
      <Fact name={t('audit.fields.id')}>
        <CopyId value={event.id} label={t('audit.fields.id')} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The way into the explorer, for those who may search it. */
function Same({ name, value, words }: { name: string; value: string; words: string }) {
  const { actor } = useRootData();
  if (!can(actor?.role, 'audit:search')) return null;
  return (
    <Link to={`/audit?${name}=${encodeURIComponent(value)}`} className={classes.same}>
      <IconFilter size={14} aria-hidden /> {words}
    </Link>
  );
}
