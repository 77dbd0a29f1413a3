import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { can } from '../../server/identity/roles.rules.ts';
import { CreatedNotice } from '../components/dossier/created-notice.tsx';
import classes from '../components/dossier/dossier.module.css';
import { DossierBand } from '../components/dossier/dossier-band.tsx';
import { AccountFacts, OpenIncidents, PrivacyFacts, SubscriptionFacts } from '../components/dossier/facts.tsx';
import { justCreated } from '../components/dossier/glance.ts';
import { NewIncident } from '../components/dossier/new-incident.tsx';
import { Timeline } from '../components/dossier/timeline-list.tsx';
import { openIncident } from '../components/incidents/open-incident.ts';
import { useRootData } from '../components/ui/use-root-data.ts';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction<typeof loader> = ({ matches, data: loaded }) =>
  pageTitle(matches, (t) => {
    const user = loaded?.dossier.user;
    return user && !user.erased_at ? t('dossier.title_of', { name: user.name }) : t('dossier.title');
  });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const dossier = await context.trpc.dossier.get({ user_id: params.userId ?? '' });
  // What people wrote is not shown here: it stays out of the document.
  const incidents = dossier.incidents.map((incident) => ({ ...incident, description: '' }));
  return { dossier: { ...dossier, incidents }, formKey: crypto.randomUUID() };
}

/**
 * Each reading of a dossier is an audit event: it is read again for another customer and after a change made here,
 * never because a filter or something around the page changed.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentParams,
  nextParams,
  currentUrl,
  formMethod,
  formAction,
  actionStatus = 200,
}) => {
  if (currentParams.userId !== nextParams.userId) return true;
  if (formMethod?.toUpperCase() !== 'POST' || !formAction || actionStatus >= 400) return false;
  return new URL(formAction, currentUrl).pathname === currentUrl.pathname;
};

export async function action({ request, params, context }: ActionFunctionArgs) {
  const result = await openIncident(context, params.userId ?? '', await context.form(request));
  if (result.error) return data(result, { status: result.error.status });
  const to = new URL(request.url).searchParams;
  to.set('created', String(result.incident.number));
  to.delete('_routes');
  return redirect(`/users/${result.incident.user_id}?${to}`, 303);
}

export default function DossierPage() {
  const { t } = useTranslation();
  const { dossier, formKey } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const [params] = useSearchParams();
  const { actor } = useRootData();
  const created = justCreated(dossier, params.get('created'));
  const { user } = dossier;
  return (
    <>
      <div className={classes.top}>
        <DossierBand dossier={dossier} />
        {can(actor?.role, 'incident:create') && !user.erased_at ? (
          <NewIncident key={`${user.id} ${created?.id}`} formKey={formKey} failed={failed} />
        ) : null}
        {created && !failed ? <CreatedNotice key={created.id} incident={created} /> : null}
      </div>
      <div className={classes.columns}>
        <div className={classes.open}>
          <OpenIncidents dossier={dossier} />
          <PrivacyFacts dossier={dossier} />
        </div>
        <div className={classes.timeline}>
          <Timeline dossier={dossier} />
        </div>
        <div className={classes.facts}>
          <SubscriptionFacts dossier={dossier} />
          <AccountFacts dossier={dossier} />
          <p className={classes.recorded}>{t('dossier.access_is_recorded')}</p>
        </div>
      </div>
    </>
  );
}
