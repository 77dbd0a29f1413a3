import { Link } from '@remix-run/react';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { DaysLeft, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';
import classes from './on-behalf.module.css';

/** What a customer has asked for that has not ended, and what the law says about asking by other ways. */
export function OpenRequests({ requests }: { requests: readonly PrivacyRequest[] }) {
  const { t } = useTranslation();
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="open-requests">
      <h2 id="open-requests">{t('privacy.on_behalf.open_requests')}</h2>
      {requests.length === 0 ? (
        <p className="g-dimmed">{t('privacy.on_behalf.none_open')}</p>
      ) : (
        <ul className={classes.list}>
          {requests.map((request) => (
            <li key={request.id}>
              <Link to={`/privacy/${request.id}`}>{t(`privacy.kind_long.${request.kind}`)}</Link>
              <span className={classes.marks}>
                <PrivacyStatusBadge status={request.status} plain />
                <DaysLeft daysLeft={request.days_left} dueAt={request.due_at} plain />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="g-dimmed">{t('privacy.on_behalf.law')}</p>
    </section>
  );
}
