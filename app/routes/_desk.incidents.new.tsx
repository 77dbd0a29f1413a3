import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { withDone } from '../components/incidents/done.ts';
import { IncidentForm } from '../components/incidents/incident-form.tsx';
import classes from '../components/incidents/new-incident.module.css';
import { openIncident } from '../components/incidents/open-incident.ts';
import { SubscriptionBadge } from '../components/ui/account-badges.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { FindCustomer } from '../components/ui/find-customer.tsx';
import { IconUserOff } from '../components/ui/icons.ts';
import { PriorityBadge, StatusBadge } from '../components/ui/incident-badges.tsx';
import { PageHeader } from '../components/ui/page-header.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('incidents.new'));

/** Shows whose incident it will be; that is a look into their dossier, and recorded as one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id');
  const formKey = crypto.randomUUID();
  if (!userId) return { customer: null, formKey };
  const { user, subscription, incidents } = await context.trpc.dossier.get({ user_id: userId });
  const unfinished = incidents.filter(({ status }) => status !== 'closed' && status !== 'resolved');
  return { customer: { user, subscription, unfinished }, formKey };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id') ?? '';
  const result = await openIncident(context, userId, await context.form(request));
  if (result.error) return data(result, { status: result.error.status });
  return redirect(withDone(`/incidents/${result.incident.id}`, 'created'), { status: 303 });
}

export default function NewIncident() {
  const { t } = useTranslation();
  const { customer, formKey } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  if (!customer) return <WhoIsItFor />;
  const { user, subscription, unfinished } = customer;
  if (user.erased_at) {
    return (
      <>
        <PageHeader title={t('incidents.new')} />
        <EmptyState title={t('common.erased_person')} icon={IconUserOff}>
          <Link to={`/users/${user.id}`}>{t('users.open_dossier')}</Link>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t('incidents.new')}
        meta={
          <>
            <Link to={`/users/${user.id}`}>
              <PersonName name={user.name} />
            </Link>
            <bdi>{user.email}</bdi>
            <SubscriptionBadge status={subscription?.status} plan={subscription?.plan} plain />
          </>
        }
      />
      <div className={classes.columns}>
        <section className={`g-card ${classes.card}`} aria-label={t('incidents.new')}>
          <IncidentForm
            action={`/incidents/new?user_id=${user.id}`}
            formKey={formKey}
            failed={failed}
            autoFocus={!failed}
            cancel={<Link to={`/users/${user.id}`}>{t('common.cancel')}</Link>}
          />
        </section>
        <section className={`g-card ${classes.card}`} aria-labelledby="already-open">
          <h2 id="already-open">{t('incidents.already_open')}</h2>
          {unfinished.length === 0 ? (
            <p className="g-dimmed">{t('incidents.none_open')}</p>
          ) : (
            <ul className={classes.list}>
              {unfinished.map((incident) => (
                <li key={incident.id}>
                  <Link to={`/incidents/${incident.id}`}>
                    <bdi dir="auto">{incident.title}</bdi>
                  </Link>
                  <span className={classes.marks}>
                    <span className="g-mono g-dimmed">#{incident.number}</span>
                    <StatusBadge status={incident.status} plain />
                    <PriorityBadge priority={incident.priority} plain />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}

/** An incident is always about somebody: without a customer in the URL, the way there is to find them. */
function WhoIsItFor() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('incidents.new')} />
      <FindCustomer>{t('incidents.for_whom_text')}</FindCustomer>
    </>
  );
}
