import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { type ShouldRevalidateFunction, useLoaderData, useSearchParams } from '@remix-run/react';
import { AUDIT_STATUSES } from '../../server/audit/audit.rules.ts';
import { can } from '../../server/identity/roles.rules.ts';
import { AUDIT_FILTERS, canonicalSearch, filterTexts } from '../components/audit/audit-filters.ts';
import { auditSearch } from '../components/audit/audit-search.ts';
import { EventTable } from '../components/audit/event-table.tsx';
import { FilterForm } from '../components/audit/filter-form.tsx';
import { PeriodLinks } from '../components/audit/period-links.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { ClearFilters, FilterBar, FilterChips } from '../components/ui/filter-chips.tsx';
import { IconClipboardList } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Pagination } from '../components/ui/pagination.tsx';
import { timeZoneFrom } from '../components/ui/time-zone.ts';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('audit.title'));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const canonical = canonicalSearch(searchParams);
  if (canonical) throw redirect(`/audit${canonical === '?' ? '' : canonical}`);
  const timeZone = timeZoneFrom(request.headers.get('cookie'));
  const { input, issues } = auditSearch(searchParams, timeZone ?? 'UTC');
  const common = { timeZone: timeZone ?? 'UTC', zoneKnown: timeZone !== null, now: new Date().toISOString() };
  if (issues && can(context.actor?.role, 'audit:search')) return { ...common, page: null, issues };
  return { ...common, page: await context.trpc.audit.list(input ?? {}), issues: null };
}

/** Every search leaves an event of its own, so only a search makes one: not a change of language or colours. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ defaultShouldRevalidate, formMethod }) =>
  defaultShouldRevalidate && formMethod !== 'POST';

export default function Audit() {
  const { t } = useTranslation();
  const { page, issues, timeZone, zoneKnown, now } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const errors = Object.fromEntries(
    AUDIT_FILTERS.filter((name) => issues?.some(({ path }) => path === name)).map((name) => [
      name,
      t(`audit.filter_error.${name}`),
    ]),
  );
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        meta={
          page ? (
            <span>
              {page.total_capped
                ? t('audit.count_capped', { count: page.total })
                : t('audit.count', { count: page.total })}
            </span>
          ) : null
        }
      />
      <FilterForm texts={filterTexts(params)} errors={errors} timeZone={timeZone} zoneKnown={zoneKnown} />
      <FilterBar>
        <FilterChips
          name="status"
          label={t('audit.fields.status')}
          options={AUDIT_STATUSES.map((status) => ({ value: status, label: t(`audit.status.${status}`) }))}
        />
        <PeriodLinks now={now} />
        <ClearFilters names={AUDIT_FILTERS} />
      </FilterBar>
      {page && page.items.length > 0 ? <EventTable events={page.items} /> : null}
      {page && page.items.length === 0 ? (
        <EmptyState icon={IconClipboardList} title={t('audit.empty_title')}>
          {t('audit.empty_text')}
        </EmptyState>
      ) : null}
      {issues ? (
        <EmptyState icon={IconClipboardList} title={t('audit.not_searched_title')}>
          {t('audit.not_searched_text')}
        </EmptyState>
      ) : null}
      {page ? <Pagination page={page} byTime /> : null}
    </>
  );
}
