import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from '../ui/copy-id.tsx';
import { DueDay } from '../ui/deadline.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import classes from './request-page.module.css';

/** The request in names and values. */
export function RequestFacts({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  return (
    <section className={`g-card ${classes.facts}`} aria-labelledby="facts">
      <h2 id="facts">{t('common.details')}</h2>
      <dl>
        <Fact name={t('privacy.fields.kind')}>{t(`privacy.kind_long.${request.kind}`)}</Fact>
        <Fact name={t('privacy.fields.customer')}>
          <Link to={`/users/${request.user_id}`}>
            <PersonName name={request.user_name} />
          </Link>
        </Fact>
        <Fact name={t('privacy.fields.requested_by')}>
          <Asker request={request} />
        </Fact>
        <Fact name={t('privacy.fields.received_at')}>
          <Time at={request.received_at} />
        </Fact>
        <Fact name={t('privacy.identity.title')}>
          <IdentityCheck request={request} />
        </Fact>
        {request.extended_at ? (
          <>
            <Fact name={t('privacy.fields.first_due_at')}>
              <DueDay request={request} at={request.first_due_at} zone />
            </Fact>
            <Fact name={t('privacy.fields.extended_at')}>
              <Time at={request.extended_at} />
            </Fact>
          </>
        ) : null}
        <Fact name={t('privacy.fields.due_at')}>
          <DueDay request={request} zone />
        </Fact>
        <Fact name={t('privacy.fields.decided_at')}>
          <Time at={request.decided_at} />
        </Fact>
        <Fact name={t('privacy.fields.completed_at')}>
          <Time at={request.completed_at} />
        </Fact>
        <Fact name={t('privacy.fields.id')}>
          <CopyId value={request.id} label={t('privacy.fields.id')} short />
        </Fact>
      </dl>
    </section>
  );
}

function IdentityCheck({
  request: { identity_check: check, identity_note: note, kind, history },
}: {
  request: PrivacyRequestDetail;
}) {
  const { t } = useTranslation();
  if (!check) return kind === 'erasure' ? t('privacy.identity.none') : '—';
  const agent = history.find((event) => event.actor_id === check.checked_by)?.actor_name;
  return (
    <>
      {t(`privacy.identity.by.${check.means}`)}, <Time at={`${check.checked_on}T12:00:00.000Z`} day />
      {agent ? (
        <>
          , <PersonName name={agent} />
        </>
      ) : null}
      {note ? (
        <span className={classes.note} dir="auto">
          {note}
        </span>
      ) : null}
    </>
  );
}

function Asker({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  if (request.requested_by === request.user_id) return t('privacy.asked_by_customer');
  const agent = request.history.find((event) => event.actor_id === request.requested_by)?.actor_name;
  return (
    <>
      {agent ? <PersonName name={agent} /> : t('common.somebody')}, {t('privacy.asked_on_behalf')}
    </>
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
