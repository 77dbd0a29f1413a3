import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { can } from '../../../server/identity/roles.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RoleBadge, SubscriptionBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import { DueDay } from '../ui/deadline.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconCircleCheck, IconShieldCheck } from '../ui/icons.ts';
import { CategoryLabel, PriorityBadge, StatusBadge } from '../ui/incident-badges.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { DaysLeft, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useRootData } from '../ui/use-root-data.ts';
import classes from './facts.module.css';
import { openIncidents } from './glance.ts';

function Card({
  id,
  title,
  count,
  action,
  children,
}: {
  id: string;
  title: string;
  count?: number;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { number } = useFormat();
  return (
    <section id={id} className={`g-card ${classes.card}`} aria-labelledby={`${id}-title`}>
      <div className={classes.head}>
        <h2 id={`${id}-title`} className={classes.title}>
          {title}
          {count ? <span className={classes.count}>{number(count)}</span> : null}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** The incidents that somebody still has to act on, most urgent first. */
export function OpenIncidents({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const open = openIncidents(dossier.open_incidents);
  return (
    <Card id="open-incidents" title={t('dossier.open_incidents')} count={dossier.counts.open_incidents}>
      {open.length === 0 ? (
        <EmptyState icon={IconCircleCheck} compact>
          {t('dossier.no_open_incidents')}
        </EmptyState>
      ) : (
        <ul className={classes.rows}>
          {open.map((incident) => (
            <li key={incident.id} className={classes.row}>
              <Link to={`/incidents/${incident.id}`} className={classes.link}>
                <span className={classes.number}>#{incident.number}</span> <bdi>{incident.title}</bdi>
              </Link>
              <div className={classes.marks}>
                <StatusBadge status={incident.status} plain />
                <PriorityBadge priority={incident.priority} plain />
                <CategoryLabel category={incident.category} />
                <span>
                  {incident.assignee_id ? <PersonName name={incident.assignee_name} /> : t('dossier.unassigned')}
                </span>
                <Time at={incident.created_at} now={dossier.as_of} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The customer's privacy requests with their state and legal clock; the workflow itself lives on their own page. */
export function PrivacyFacts({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { actor } = useRootData();
  const { user, counts } = dossier;
  const open = new Set(dossier.open_privacy_requests.map(({ id }) => id));
  const ended = dossier.privacy_requests.filter(({ id }) => !open.has(id));
  const privacy_requests = [...dossier.open_privacy_requests, ...ended];
  const mayAsk = can(actor?.role, 'privacy:create') && !user.erased_at;
  return (
    <Card
      id="privacy-requests"
      title={t('dossier.privacy_requests')}
      count={counts.privacy_requests}
      action={mayAsk ? <Link to={`/privacy/new?user_id=${user.id}`}>{t('privacy.on_behalf.action')}</Link> : null}
    >
      {privacy_requests.length === 0 ? (
        <EmptyState icon={IconShieldCheck} compact>
          {t('dossier.no_privacy_requests')}
        </EmptyState>
      ) : (
        <ul className={classes.rows}>
          {privacy_requests.map((request) => (
            <li key={request.id} className={classes.row}>
              <Link to={`/privacy/${request.id}`} className={classes.link}>
                {t(`privacy.kind_long.${request.kind}`)}
              </Link>
              <div className={classes.marks}>
                <PrivacyStatusBadge status={request.status} plain />
                {request.days_left === null ? null : (
                  <>
                    <DaysLeft request={request} plain />
                    <span>
                      {t('dossier.due')} <DueDay request={request} zone />
                    </span>
                  </>
                )}
                <span>
                  {t('privacy.fields.received_at')} <Time at={request.received_at} day />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What the customer pays for, since when and until when. */
export function SubscriptionFacts({ dossier: { subscription } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <Card id="subscription" title={t('dossier.subscription')}>
      {subscription ? (
        <dl className={classes.facts}>
          <Fact name={t('users.subscription')}>
            <SubscriptionBadge plan={subscription.plan} status={subscription.status} plain />
          </Fact>
          <Fact name={t('subscriptions.price')}>
            {money(subscription.price_cents, subscription.currency)}{' '}
            {t(`subscriptions.interval.${subscription.billing_interval}`)}
          </Fact>
          <Fact name={t('subscriptions.started_at')}>
            <Time at={subscription.started_at} day />
          </Fact>
          {(['trial_ends_at', 'current_period_end', 'canceled_at'] as const).map((field) =>
            subscription[field] ? (
              <Fact key={field} name={t(`subscriptions.${field}`)}>
                <Time at={subscription[field]} day />
              </Fact>
            ) : null,
          )}
          <Fact name={t('dossier.id')}>
            <CopyId value={subscription.id} label={t('dossier.id')} short />
          </Fact>
        </dl>
      ) : (
        <p className={classes.none}>{t('subscriptions.none')}</p>
      )}
    </Card>
  );
}

/** The account itself, and how much there is about it. */
export function AccountFacts({ dossier: { user, counts } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <Card id="account" title={t('dossier.account')}>
      <dl className={classes.facts}>
        <Fact name={t('users.email')}>{user.email ? <Email address={user.email} /> : <span>—</span>}</Fact>
        <Fact name={t('users.role')}>
          <RoleBadge role={user.role} plain />
        </Fact>
        <Fact name={t('users.locale')}>{t(`users.locales.${user.locale}`)}</Fact>
        <Fact name={t('users.created_at')}>
          <Time at={user.created_at} day />
        </Fact>
        <Fact name={t('users.last_sign_in_at')}>
          <Time at={user.last_sign_in_at} empty={t('time.never')} />
        </Fact>
        {user.erased_at ? (
          <Fact name={t('users.erased_at')}>
            <Time at={user.erased_at} />
          </Fact>
        ) : null}
        <Fact name={t('dossier.incidents')}>{number(counts.incidents)}</Fact>
        <Fact name={t('dossier.audit_events')}>{number(counts.audit_events)}</Fact>
        <Fact name={t('dossier.id')}>
          <CopyId value={user.id} label={t('dossier.id')} short />
        </Fact>
      </dl>
    </Card>
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

/** A long address breaks before its `@` rather than anywhere. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf('@');
  return (
    <span className={classes.long}>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  );
}
