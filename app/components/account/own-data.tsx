import { Link } from '@remix-run/react';
import type { Me } from '../../../server/identity/identity.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RoleBadge, SubscriptionBadge } from '../ui/account-badges.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './account.module.css';

/** What we know about the signed-in person. */
export function OwnData({ user }: { user: Me['user'] }) {
  const { t } = useTranslation();
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="my-data">
      <h2 id="my-data">{t('account.my_data')}</h2>
      <dl className={classes.facts}>
        <div>
          <dt>{t('users.name')}</dt>
          <dd>
            <PersonName name={user.name} />
          </dd>
        </div>
        <div>
          <dt>{t('users.email')}</dt>
          <dd>{user.email}</dd>
        </div>
        <div>
          <dt>{t('users.locale')}</dt>
          <dd>{t(`users.locales.${user.locale}`)}</dd>
        </div>
        <div>
          <dt>{t('account.member_since')}</dt>
          <dd>
            <Time at={user.created_at} day />
          </dd>
        </div>
        {user.role === 'user' ? null : (
          <div>
            <dt>{t('users.role')}</dt>
            <dd>
              <RoleBadge role={user.role} plain />
            </dd>
          </div>
        )}
      </dl>
      <p className={classes.hint}>
        {t('account.wrong_data')} <a href="#ask">{t('account.wrong_data_link')}</a>
      </p>
      <p className={classes.hint}>
        <Link to="/account/security">{t('security.title')}</Link>
      </p>
    </section>
  );
}

/** What the signed-in person pays for. */
export function OwnSubscription({ subscription }: { subscription: Me['subscription'] }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="my-subscription">
      <h2 id="my-subscription">{t('account.my_subscription')}</h2>
      {subscription ? (
        <>
          <p className={classes.plan}>
            <span>{t(`subscriptions.plan.${subscription.plan}`)}</span>
            <SubscriptionBadge status={subscription.status} />
          </p>
          <dl className={classes.facts}>
            <div>
              <dt>{t('subscriptions.price')}</dt>
              <dd>
                {money(subscription.price_cents, subscription.currency)}{' '}
                {t(`subscriptions.interval.${subscription.billing_interval}`)}
              </dd>
            </div>
            {(['started_at', 'trial_ends_at', 'current_period_end', 'canceled_at'] as const).map((field) =>
              subscription[field] ? (
                <div key={field}>
                  <dt>{t(`subscriptions.${field}`)}</dt>
                  <dd>
                    <Time at={subscription[field]} day />
                  </dd>
                </div>
              ) : null,
            )}
          </dl>
        </>
      ) : (
        <p className="g-dimmed">{t('subscriptions.none')}</p>
      )}
    </section>
  );
}
