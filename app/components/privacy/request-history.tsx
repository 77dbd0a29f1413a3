import { Link } from '@remix-run/react';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { stepWords } from '../audit/details-words.ts';
import { OutcomeBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import { useRootData } from '../ui/use-root-data.ts';
import classes from './request-history.module.css';

/** The audit events of a request, oldest first: what was done, by whom, when, and under which request id. */
export function RequestHistory({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useTranslation();
  const mayAudit = (useRootData().permissions as readonly string[]).includes('audit:search');
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="history">
      <h2 id="history">{t('common.history')}</h2>
      {events.length === 0 ? <p className="g-dimmed">{t('privacy.no_history')}</p> : null}
      <ol className={classes.events}>
        {events.map((event) => {
          const step = stepWords(event, t);
          return (
            <li key={event.id} className={classes.event} data-outcome={event.status}>
              <p className={classes.what}>
                <span>{t(`audit.action.${event.action}`)}</span>
                {step ? <span className={classes.step}>{step}</span> : null}
                {event.status === 'success' ? null : <OutcomeBadge status={event.status} plain />}
              </p>
              <p className={classes.who}>
                <Time at={event.created_at} exact />
                <span>
                  {event.actor_name ? <PersonName name={event.actor_name} /> : null}
                  {event.actor_name ? ', ' : ''}
                  {t(`roles.${event.actor_role}`)}
                </span>
                <span className={classes.request}>
                  <CopyId value={event.request_id} label={t('audit.fields.request_id')} short />
                  {mayAudit ? (
                    <Link to={`/audit?request_id=${encodeURIComponent(event.request_id)}`}>
                      {t('audit.same_request')}
                    </Link>
                  ) : null}
                </span>
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
