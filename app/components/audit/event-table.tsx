import { useId } from 'react';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OutcomeBadge, RoleBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import { IconChevronRight } from '../ui/icons.ts';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import { stepWords } from './details-words.ts';
import { EventDetails } from './event-details.tsx';
import classes from './event-table.module.css';
import { TargetLink } from './target-link.tsx';

/** Audit events, newest first, each with all it tells in a row that unfolds below it, without script too. */
export function EventTable({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table}>
      <caption className="g-hidden">{t('audit.events')}</caption>
      <thead>
        <tr>
          <th scope="col" className={classes.time}>
            {t('audit.fields.created_at')}
          </th>
          <th scope="col">{t('audit.fields.action')}</th>
          <th scope="col" className={classes.actor}>
            {t('audit.fields.actor')}
          </th>
          <th scope="col" className={classes.target}>
            {t('audit.fields.target')}
          </th>
          <th scope="col" className={classes.outcome}>
            {t('audit.fields.status')}
          </th>
          <th scope="col" className={classes.request}>
            {t('audit.fields.request_id')}
          </th>
          <th scope="col" className={classes.more}>
            <span className="g-hidden">{t('audit.fields.details')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRows key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function EventRows({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const details = useId();
  const step = stepWords(event, t);
  const actor = event.actor_name ? <PersonName name={event.actor_name} /> : null;
  return (
    <>
      <tr className={classes.event}>
        <td className={classes.time}>
          <Time at={event.created_at} exact />
        </td>
        <td>
          <span className={classes.words}>
            {t(`audit.action.${event.action}`)}
            {step ? <span className={classes.step}>{step}</span> : null}
          </span>
          <span className={`g-mono ${classes.code}`}>{event.action}</span>
          <span className={classes.narrow}>
            <Time at={event.created_at} exact />
            <span>{actor ?? t(`roles.${event.actor_role}`)}</span>
            <OutcomeBadge status={event.status} plain />
          </span>
        </td>
        <td className={classes.actor}>
          <span className={classes.words}>{actor ?? <RoleBadge role={event.actor_role} plain />}</span>
          {actor ? <span className={classes.code}>{t(`roles.${event.actor_role}`)}</span> : null}
        </td>
        <td className={classes.target}>
          <TargetLink type={event.target_type} id={event.target_id} />
        </td>
        <td className={classes.outcome}>
          <OutcomeBadge status={event.status} plain />
        </td>
        <td className={classes.request}>
          <CopyId value={event.request_id} label={t('audit.fields.request_id')} short />
        </td>
        <td className={classes.more}>
          <details>
            <summary aria-controls={details}>
              <span className="g-hidden">
                {t('audit.fields.details')}: {t(`audit.action.${event.action}`)}
              </span>
              <IconChevronRight size={18} aria-hidden />
            </summary>
          </details>
        </td>
      </tr>
      <tr id={details} className={classes.details}>
        <td colSpan={7}>
          <EventDetails event={event} />
        </td>
      </tr>
    </>
  );
}
