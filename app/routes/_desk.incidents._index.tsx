import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useLoaderData, useSearchParams } from '@remix-run/react';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES, INCIDENT_STATUSES } from '../../server/incidents/incidents.rules.ts';
import { INCIDENT_FILTERS, isFiltered, listInput, numberAlone } from '../components/incidents/incident-filters.ts';
import { IncidentList } from '../components/incidents/incident-list.tsx';
import { IncidentQuery } from '../components/incidents/incident-query.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { ClearFilters, FilterBar, FilterChips } from '../components/ui/filter-chips.tsx';
import { IconPlus, IconSearch } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Pagination } from '../components/ui/pagination.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('incidents.title'));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const page = await context.trpc.incidents.list(listInput(params));
  const [only] = page.items;
  if (numberAlone(params) && only) throw redirect(`/incidents/${only.id}`);
  return { page, now: new Date().toISOString() };
}

export default function Incidents() {
  const { t } = useTranslation();
  const { page, now } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        title={t('incidents.title')}
        meta={<Count total={page.total} capped={page.total_capped} />}
        actions={
          <Link to="/incidents/new" className="g-action" aria-keyshortcuts="n">
            <IconPlus size={16} aria-hidden /> {t('incidents.new')}
          </Link>
        }
      />
      <IncidentQuery customer={page.items[0]?.user_name ?? null} />
      <FilterBar>
        <FilterChips
          name="status"
          label={t('incidents.fields.status')}
          options={INCIDENT_STATUSES.map((value) => ({ value, label: t(`incidents.status.${value}`) }))}
        />
        <FilterChips
          name="priority"
          label={t('incidents.fields.priority')}
          options={INCIDENT_PRIORITIES.map((value) => ({ value, label: t(`incidents.priority.${value}`) }))}
        />
        <FilterChips
          name="category"
          label={t('incidents.fields.category')}
          options={INCIDENT_CATEGORIES.map((value) => ({ value, label: t(`incidents.category.${value}`) }))}
        />
        <FilterChips
          name="assignee_id"
          label={t('incidents.fields.assignee')}
          options={[
            { value: 'me', label: t('incidents.assign.me') },
            { value: 'none', label: t('incidents.assign.nobody') },
          ]}
          single
        />
        <ClearFilters names={INCIDENT_FILTERS} />
      </FilterBar>
      {page.items.length > 0 ? (
        <IncidentList caption={t('incidents.title')} rows={page.items} now={now} />
      ) : isFiltered(params) ? (
        <EmptyState title={t('incidents.empty_title')} icon={IconSearch}>
          <p>{t('incidents.empty_text')}</p>
          <p>
            <Link to="/incidents">{t('common.clear_filters')}</Link>
          </p>
        </EmptyState>
      ) : (
        <EmptyState title={t('incidents.empty_title')}>
          <p>{t('incidents.empty_all')}</p>
          <p>
            <Link to="/users">{t('incidents.find_person')}</Link>
          </p>
        </EmptyState>
      )}
      <Pagination page={page} byTime />
    </>
  );
}

function Count({ total, capped }: { total: number; capped: boolean }) {
  const { t } = useTranslation();
  return <span>{capped ? t('incidents.count_capped', { count: total }) : t('incidents.count', { count: total })}</span>;
}
