import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconShieldCheck } from '../ui/icons.ts';
import { DaysLeft, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './account.module.css';

/** The signed-in person's own privacy requests: state, deadline and history in plain words. */
export function OwnRequests({ requests }: { requests: readonly PrivacyRequestDetail[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="my-requests" id="requests" className={classes.section}>
      <h2 id="my-requests">{t('account.my_requests')}</h2>
      {requests.length === 0 ? (
        <div className="g-card">
          <EmptyState icon={IconShieldCheck} compact>
            {t('account.no_requests')} <a href="#ask">{t('account.ask')}</a>
          </EmptyState>
        </div>
      ) : (
        <ul className={classes.requests}>
          {requests.map((request) => (
            <li key={request.id}>
              <OwnRequest request={request} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OwnRequest({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const titleId = `request-${request.id}`;
  const running = request.days_left !== null;
  return (
    <article className={`g-card ${classes.request}`} aria-labelledby={titleId} data-running={running || undefined}>
      <header>
        <h3 id={titleId}>{t(`privacy.kind_long.${request.kind}`)}</h3>
        <PrivacyStatusBadge status={request.status} />
        {request.days_left === null ? null : <DaysLeft daysLeft={request.days_left} dueAt={request.due_at} />}
      </header>
      <p>{t(`account.state.${request.status}`)}</p>
      {running ? <Deadline request={request} /> : null}
      {request.reason ? <Quote label={t('privacy.fields.reason')} text={request.reason} /> : null}
      {request.status === 'denied' ? <p>{t('account.complain')}</p> : null}
      {request.details ? <Quote label={t('account.you_wrote')} text={request.details} /> : null}
      <details className={classes.history}>
        <summary>{t('common.history')}</summary>
        <ol>
          {request.history.map((event) => (
            <li key={event.id}>
              <Time at={event.created_at} />
              <span>{t(`audit.action.${event.action}`)}</span>
              <span className="g-dimmed">
                <By event={event} userId={request.user_id} />
              </span>
            </li>
          ))}
        </ol>
      </details>
    </article>
  );
}

/** The legal deadline in words: GDPR Art. 12(3). */
function Deadline({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <>
      <p className={classes.deadline}>
        {request.overdue
          ? t('account.deadline_passed', { date: date(request.due_at) })
          : t('account.deadline', { date: date(request.due_at) })}{' '}
        <small>{t('account.deadline_source')}</small>
      </p>
      {request.extended_at ? (
        <p>
          {t('account.extended', { date: date(request.extended_at), first: date(request.first_due_at) })}
          {request.extension_reason ? (
            <Quote label={t('privacy.fields.reason')} text={request.extension_reason} />
          ) : null}
        </p>
      ) : null}
    </>
  );
}

function Quote({ label, text }: { label: string; text: string }) {
  return (
    <span className={classes.quote}>
      <span className="g-dimmed">{label}</span>
      <q>
        <bdi dir="auto">{text}</bdi>
      </q>
    </span>
  );
}

/** Customers read who acted as you or us: no agent is named to them. */
function By({ event, userId }: { event: AuditEvent; userId: string }) {
  const { t } = useTranslation();
  return event.actor_id === userId ? t('account.by_you') : t('account.by_us');
}
