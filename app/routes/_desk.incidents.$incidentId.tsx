import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { changeIncident } from '../components/incidents/change-incident.ts';
import { ConflictPanel } from '../components/incidents/conflict-panel.tsx';
import { withDone } from '../components/incidents/done.ts';
import { DoneNotice } from '../components/incidents/done-notice.tsx';
import { IncidentFacts } from '../components/incidents/incident-facts.tsx';
import { IncidentHistory } from '../components/incidents/incident-history.tsx';
import classes from '../components/incidents/incident-page.module.css';
import { IncidentSteps } from '../components/incidents/incident-steps.tsx';
import { IncidentTextForm } from '../components/incidents/incident-text-form.tsx';
import { useIncidentWords } from '../components/incidents/incident-words.ts';
import { ErrorNotice } from '../components/ui/error-notice.tsx';
import { IconEdit, IconPlus } from '../components/ui/icons.ts';
import { CategoryLabel, PriorityBadge, StatusBadge } from '../components/ui/incident-badges.tsx';
import { PageHeader } from '../components/ui/page-header.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { Time } from '../components/ui/time.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) =>
    data ? `#${data.incident.number} ${data.incident.title}` : t('error_page.title_not_found'),
  );

export async function loader({ params, context }: LoaderFunctionArgs) {
  const [incident, agents] = await Promise.all([
    context.trpc.incidents.get({ id: params.incidentId ?? '' }),
    context.trpc.users.agents(),
  ]);
  return { incident, agents, now: new Date().toISOString() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const id = params.incidentId ?? '';
  const result = await changeIncident(context, id, await context.form(request));
  if (result.error) return data(result, { status: result.error.status });
  return redirect(withDone(`/incidents/${encodeURIComponent(id)}`, result.done), { status: 303 });
}

/**
 * Each reading is an event: the incident is read again for another one and after an act here, refused ones too, as the
 * page must show it as it now is; never because editing begins or something around the page changed.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  formMethod,
  formAction,
}) => {
  if (currentParams.incidentId !== nextParams.incidentId) return true;
  if (!formMethod) return currentUrl.href === nextUrl.href;
  return !!formAction && new URL(formAction, currentUrl).pathname === currentUrl.pathname;
};

export default function IncidentPage() {
  const { t } = useTranslation();
  const { incident, agents } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const [params] = useSearchParams();
  const editing = params.has('edit');
  const words = useIncidentWords({ agents, incident });
  const edit = useEditLink(editing);
  const conflict = failed?.conflict ?? null;
  return (
    <>
      <PageHeader
        above={
          <>
            <Link to="/incidents">{t('incidents.title')}</Link>
            <span className="g-mono">#{incident.number}</span>
          </>
        }
        title={<bdi dir="auto">{incident.title}</bdi>}
        marks={
          <>
            <StatusBadge status={incident.status} />
            <PriorityBadge priority={incident.priority} />
            <CategoryLabel category={incident.category} plain={false} />
          </>
        }
        meta={
          <>
            <Link to={`/users/${incident.user_id}`}>
              <PersonName name={incident.user_name} />
            </Link>
            <span>
              {t('incidents.labelled', { label: t('incidents.fields.assignee') })}{' '}
              <bdi dir="auto">{words.agent(incident.assignee_id)}</bdi>
            </span>
            <span>
              {t('incidents.labelled', { label: t('incidents.fields.created_at') })} <Time at={incident.created_at} />
            </span>
          </>
        }
        actions={
          editing ? null : (
            <>
              <Link ref={edit} to="?edit=1" className="g-action" aria-keyshortcuts="e" preventScrollReset>
                <IconEdit size={16} aria-hidden /> {t('common.edit')}
              </Link>
              <Link to={`/incidents/new?user_id=${incident.user_id}`} className="g-action" aria-keyshortcuts="n">
                <IconPlus size={16} aria-hidden /> {t('incidents.new')}
              </Link>
            </>
          )
        }
      />
      {failed ? null : <DoneNotice number={incident.number} />}
      {conflict && failed?.error ? (
        <ConflictPanel conflict={conflict} requestId={failed.error.request_id} editing={editing} agents={agents} />
      ) : failed?.error ? (
        <div className={classes.notice}>
          <ErrorNotice error={failed.error} words={(value) => words.value('status', value)} />
        </div>
      ) : null}
      <div className={classes.columns}>
        <div className={classes.main}>
          {editing ? (
            <section className={`g-card ${classes.text}`} aria-labelledby="text">
              <h2 id="text">{t('incidents.edit_title')}</h2>
              <IncidentTextForm
                key={conflict ? conflict.current.version : 'fresh'}
                incident={conflict?.current ?? incident}
                typed={conflict?.merged ?? failed?.typed}
                error={failed?.error}
              />
            </section>
          ) : (
            <>
              <IncidentSteps incident={incident} />
              <section className={`g-card ${classes.text}`} aria-labelledby="text">
                <h2 id="text">{t('incidents.fields.description')}</h2>
                <div className="g-prose" dir="auto">
                  {incident.description}
                </div>
              </section>
            </>
          )}
        </div>
        <div className={classes.facts}>
          <IncidentFacts incident={incident} agents={agents} editable={!editing} />
        </div>
        <section className={`g-card ${classes.text} ${classes.history}`} aria-labelledby="history">
          <h2 id="history">{t('common.history')}</h2>
          <IncidentHistory events={incident.audit_events} agents={agents} />
        </section>
      </div>
    </>
  );
}

/** The link that starts editing gets the focus back when editing ends, unless something else has taken it. */
function useEditLink(editing: boolean) {
  const link = useRef<HTMLAnchorElement>(null);
  const before = useRef(editing);
  useEffect(() => {
    if (before.current && !editing && document.activeElement === document.body) link.current?.focus();
    before.current = editing;
  }, [editing]);
  return link;
}
