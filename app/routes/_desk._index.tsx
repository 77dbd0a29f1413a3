import { Button } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react';
import { UNFINISHED_INCIDENT_STATUSES } from '../../server/incidents/incidents.rules.ts';
import type { IncidentSummary } from '../../server/incidents/incidents.schema.ts';
import { OPEN_PRIVACY_STATUSES } from '../../server/privacy/privacy.rules.ts';
import { withDone } from '../components/incidents/done.ts';
import { DoneNotice } from '../components/incidents/done-notice.tsx';
import { DueList } from '../components/incidents/due-list.tsx';
import { IncidentList } from '../components/incidents/incident-list.tsx';
import { byUrgency } from '../components/incidents/queue-order.ts';
import { QueueSection } from '../components/incidents/queue-section.tsx';
import { QueueSummary } from '../components/incidents/queue-summary.tsx';
import { takeIncident } from '../components/incidents/take-incident.ts';
import { TakenNotice } from '../components/incidents/taken-notice.tsx';
import { listClasses } from '../components/ui/data-list.tsx';
import { DeskDays } from '../components/ui/deadline.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { IconCircleCheck, IconPlus } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

/** Of my own, more are read than shown, so that the urgent ones come first. */
const MINE = 100;
const SHOWN = 8;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('queue.title'));

export async function loader({ context }: LoaderFunctionArgs) {
  // As the frame's loader does, which runs at the same time: these refusals would stand in the audit.
  if (context.actor?.role === 'user') throw redirect('/account');
  const { incidents, privacy } = context.trpc;
  const [mine, unassigned, due, overdue] = await Promise.all([
    incidents.list({ assignee_id: 'me', status: [...UNFINISHED_INCIDENT_STATUSES], limit: MINE }),
    incidents.list({ assignee_id: 'none', status: ['open'], limit: SHOWN }),
    privacy.list({ status: [...OPEN_PRIVACY_STATUSES], limit: SHOWN }),
    privacy.list({ overdue: true, limit: 1 }),
  ]);
  return {
    mine: { ...mine, items: byUrgency(mine.items).slice(0, SHOWN) },
    unassigned,
    due,
    overdue: overdue.total,
    now: new Date().toISOString(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await context.form(request);
  const result = await takeIncident(context, String(form.get('id') ?? ''), Number(form.get('version')));
  if (result.error) return data(result, { status: result.error.status });
  return redirect(withDone('/', 'taken', result.incident.number), { status: 303 });
}

/** After a refusal too: the queue must show who has what now. */
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export default function Queue() {
  const { t } = useTranslation();
  const { mine, unassigned, due, overdue, now } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={t('queue.title')}
        meta={<QueueSummary mine={mine} unassigned={unassigned} due={due} overdue={overdue} />}
        actions={
          <Link to="/incidents/new" className="g-action" aria-keyshortcuts="n">
            <IconPlus size={16} aria-hidden /> {t('incidents.new')}
          </Link>
        }
      />
      {failed ? <TakenNotice failed={failed} /> : <DoneNotice />}
      {mine.total + unassigned.total + due.total === 0 ? (
        <EmptyState title={t('queue.all_clear')} icon={IconCircleCheck}>
          <Link to="/incidents">{t('queue.see_all')}</Link>
        </EmptyState>
      ) : (
        <>
          <QueueSection
            id="mine"
            title={t('queue.mine')}
            total={mine.total}
            capped={mine.total_capped}
            all={`/incidents?assignee_id=me&status=${UNFINISHED_INCIDENT_STATUSES.join(',')}`}
          >
            {mine.items.length > 0 ? (
              <IncidentList
                caption={t('queue.mine')}
                rows={mine.items}
                now={now}
                columns={['number', 'title', 'customer', 'status', 'priority', 'category', 'age']}
              />
            ) : (
              <div className="g-card">
                <EmptyState compact>{t('queue.mine_empty')}</EmptyState>
              </div>
            )}
          </QueueSection>
          <QueueSection
            id="unassigned"
            title={t('queue.unassigned')}
            total={unassigned.total}
            capped={unassigned.total_capped}
            all="/incidents?assignee_id=none&status=open"
          >
            {unassigned.items.length > 0 ? (
              <IncidentList
                caption={t('queue.unassigned')}
                rows={unassigned.items}
                now={now}
                columns={['number', 'title', 'customer', 'priority', 'category', 'age']}
                action={{ header: t('queue.take'), cell: (row) => <Take incident={row} /> }}
              />
            ) : (
              <div className="g-card">
                <EmptyState compact icon={IconCircleCheck}>
                  {t('queue.unassigned_empty')}
                </EmptyState>
              </div>
            )}
          </QueueSection>
          <QueueSection
            id="due"
            title={t('queue.due')}
            total={due.total}
            capped={due.total_capped}
            all={`/privacy?status=${OPEN_PRIVACY_STATUSES.join(',')}`}
            note={<DeskDays requests={due.items} />}
          >
            {due.items.length > 0 ? (
              <DueList rows={due.items} />
            ) : (
              <div className="g-card">
                <EmptyState compact icon={IconCircleCheck}>
                  {t('queue.due_empty')}
                </EmptyState>
              </div>
            )}
          </QueueSection>
        </>
      )}
    </>
  );
}

function Take({ incident }: { incident: IncidentSummary }) {
  const { t } = useTranslation();
  return (
    <Form method="post" action="/?index" className={listClasses.above} preventScrollReset>
      <input type="hidden" name="id" value={incident.id} />
      <input type="hidden" name="version" value={incident.version} />
      <Button
        type="submit"
        size="compact-sm"
        variant="light"
        aria-label={t('queue.take_number', { number: incident.number })}
      >
        {t('queue.take')}
      </Button>
    </Form>
  );
}
