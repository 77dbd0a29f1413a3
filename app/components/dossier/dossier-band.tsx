import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RoleBadge, SubscriptionBadge } from '../ui/account-badges.tsx';
import { CopyId } from '../ui/copy-id.tsx';
import { DueDay } from '../ui/deadline.tsx';
import { IconAlertTriangle, IconCalendarDue, IconEraser, IconRefresh } from '../ui/icons.ts';
import { PriorityBadge } from '../ui/incident-badges.tsx';
import { Mark } from '../ui/mark.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { PrintButton } from '../ui/print-button.tsx';
import { deadlineTone } from '../ui/privacy-badges.tsx';
import { Time } from '../ui/time.tsx';
import { useDeadline } from '../ui/use-deadline.ts';
import { useFormat } from '../ui/use-format.ts';
import classes from './band.module.css';
import { nearestDue, openIncidents } from './glance.ts';

/** At a glance: who this is, what they pay, whether a legal clock runs and how long, what is open. */
export function DossierBand({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { user } = dossier;
  return (
    <header className={`g-card ${classes.band}`}>
      <div className={classes.who}>
        <div className={classes.title}>
          <h1>
            <PersonName name={user.name} erased={user.erased_at !== null} />
          </h1>
          {user.role === 'user' ? null : <RoleBadge role={user.role} />}
          {user.erased_at ? (
            <Mark tone="neutral" icon={IconEraser}>
              {t('users.erased')}
            </Mark>
          ) : null}
        </div>
        <div className={classes.meta}>
          {user.email ? <CopyId value={user.email} label={t('users.email')} /> : null}
          <span>
            {t('users.created_at')} <Time at={user.created_at} day />
          </span>
          <span className={classes.asOf}>
            {t('dossier.as_of')} <Time at={dossier.as_of} exact />
            <Link to="." reloadDocument className="g-screen-only" title={t('dossier.refresh_hint')}>
              <IconRefresh size={14} aria-hidden /> {t('dossier.refresh')}
            </Link>
            <PrintButton />
          </span>
        </div>
      </div>
      <div className={classes.cells}>
        <Pays dossier={dossier} />
        <LegalClock dossier={dossier} />
        <Open dossier={dossier} />
        <LastSeen dossier={dossier} />
      </div>
    </header>
  );
}

type Loudness = 'bad' | 'warn';

function Cell({
  label,
  loud,
  value,
  children,
}: {
  label: string;
  loud?: Loudness;
  value: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes.cell} data-tone={loud}>
      <p className={classes.label}>{label}</p>
      <p className={classes.value}>{value}</p>
      {children ? <div className={classes.more}>{children}</div> : null}
    </div>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <span className={classes.nothing}>{children}</span>;
}

function Pays({ dossier: { subscription } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const label = t('dossier.subscription');
  if (!subscription) return <Cell label={label} value={<Nothing>{t('subscriptions.none')}</Nothing>} />;
  const { price_cents, currency, billing_interval, plan, status } = subscription;
  return (
    <Cell
      label={label}
      value={
        price_cents === 0 ? (
          t('dossier.free_of_charge')
        ) : (
          <>
            {money(price_cents, currency)} <small>{t(`subscriptions.interval.${billing_interval}`)}</small>
          </>
        )
      }
    >
      <SubscriptionBadge plan={plan} status={status} plain />
    </Cell>
  );
}

function LegalClock({ dossier: { open_privacy_requests, counts } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const words = useDeadline();
  const label = t('dossier.legal_clock');
  const due = nearestDue(open_privacy_requests);
  if (!due || due.days_left === null) {
    return <Cell label={label} value={<Nothing>{t('dossier.no_legal_clock')}</Nothing>} />;
  }
  const tone = deadlineTone(due.days_left);
  const others = counts.open_privacy_requests - 1;
  return (
    <Cell
      label={label}
      loud={tone === 'neutral' ? undefined : tone}
      value={
        <>
          {due.overdue ? <IconAlertTriangle size={20} aria-hidden /> : <IconCalendarDue size={20} aria-hidden />}
          <span suppressHydrationWarning>{words(due)}</span>
        </>
      }
    >
      <Link to={`/privacy/${due.id}`}>{t(`privacy.kind_long.${due.kind}`)}</Link>
      <span>
        {t('dossier.due')} <DueDay request={due} zone />
      </span>
      {others > 0 ? <span>{t('dossier.more_requests', { count: others })}</span> : null}
    </Cell>
  );
}

function Open({ dossier: { open_incidents, counts } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const label = t('dossier.open_incidents');
  const first = openIncidents(open_incidents)[0];
  if (counts.open_incidents === 0) {
    return (
      <Cell label={label} value={<Nothing>{number(0)}</Nothing>}>
        {t('dossier.incidents_in_all', { count: counts.incidents })}
      </Cell>
    );
  }
  return (
    <Cell label={label} value={<a href="#open-incidents">{number(counts.open_incidents)}</a>}>
      {first ? (
        <span>
          <PriorityBadge priority={first.priority} plain /> <Link to={`/incidents/${first.id}`}>#{first.number}</Link>
        </span>
      ) : null}
      <span>{t('dossier.incidents_in_all', { count: counts.incidents })}</span>
    </Cell>
  );
}

function LastSeen({ dossier: { user, as_of } }: { dossier: Dossier }) {
  const { t } = useTranslation();
  const at = user.last_sign_in_at;
  return (
    <Cell label={t('users.last_sign_in_at')} value={at ? <Time at={at} day /> : <Nothing>{t('time.never')}</Nothing>}>
      {at ? <Time at={at} now={as_of} /> : null}
    </Cell>
  );
}
