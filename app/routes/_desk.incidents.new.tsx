import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { withDone } from '../components/incidents/done.ts';
import { IncidentForm } from '../components/incidents/incident-form.tsx';
import { openIncident } from '../components/incidents/open-incident.ts';
import { UnfinishedIncidents } from '../components/incidents/unfinished-incidents.tsx';
import { AboutCustomer } from '../components/ui/about-customer.tsx';
import { SubscriptionBadge } from '../components/ui/account-badges.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('incidents.new'));

/** Shows whose incident it will be; that is a look into their dossier, and recorded as one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const userId = new URL(request.url).searchParams.get('user_id');
  const formKey = crypto.randomUUID();
  if (!userId) return { customer: null, formKey };
  const { user, subscription, open_incidents: unfinished } = await context.trpc.dossier.get({ user_id: userId });
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
  const user = customer?.user ?? null;
  const { plan, status } = customer?.subscription ?? {};
  return (
    <AboutCustomer
      title={t('incidents.new')}
      user={user}
      marks={<SubscriptionBadge status={status} plan={plan} plain />}
      whom={t('incidents.for_whom_text')}
      beside={<UnfinishedIncidents incidents={customer?.unfinished ?? []} />}
    >
      <IncidentForm
        action={`/incidents/new?user_id=${user?.id}`}
        formKey={formKey}
        failed={failed}
        autoFocus={!failed}
        cancel={<Link to={`/users/${user?.id}`}>{t('common.cancel')}</Link>}
      />
    </AboutCustomer>
  );
}
