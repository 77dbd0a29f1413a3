import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData, useSearchParams } from '@remix-run/react';
import { PRIVACY_KINDS } from '../../server/privacy/privacy.rules.ts';
import { privacyListInputOf, statusGroupOf } from '../components/privacy/list-filter.ts';
import { RequestList } from '../components/privacy/request-list.tsx';
import { StatusGroupChips } from '../components/privacy/status-group-chips.tsx';
import { DeskDays } from '../components/ui/deadline.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { ClearFilters, FilterBar, FilterChips } from '../components/ui/filter-chips.tsx';
import { IconPlus, IconShieldCheck, IconShieldLock } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Pagination } from '../components/ui/pagination.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('privacy.title'));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = await context.trpc.privacy.list(privacyListInputOf(new URL(request.url).searchParams));
  return { page, now: new Date().toISOString() };
}

export default function PrivacyRequests() {
  const { t } = useTranslation();
  const { page, now } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const userId = params.get('user_id');
  const customer = page.items[0]?.user_name;
  return (
    <>
      <PageHeader
        title={t('privacy.title')}
        meta={
          <>
            <span>
              {page.total_capped
                ? t('privacy.count_capped', { count: page.total })
                : t('privacy.count', { count: page.total })}
            </span>
            <span>{t('privacy.order')}</span>
            <DeskDays requests={page.items} />
            <Link to="/privacy/verify">{t('privacy.check.link')}</Link>
          </>
        }
        actions={
          <Link to={`/privacy/new${userId ? `?user_id=${encodeURIComponent(userId)}` : ''}`} className="g-action">
            <IconPlus size={16} aria-hidden /> {t('privacy.on_behalf.title')}
          </Link>
        }
      />
      <FilterBar>
        <StatusGroupChips />
        <FilterChips
          name="kind"
          label={t('privacy.kind_label')}
          options={PRIVACY_KINDS.map((kind) => ({ value: kind, label: t(`privacy.kind.${kind}`) }))}
        />
        <FilterChips
          name="overdue"
          label={t('privacy.fields.due_at')}
          single
          options={[{ value: 'true', label: t('privacy.overdue_only') }]}
        />
        {userId ? (
          <span>
            {t('privacy.of_customer')} <PersonName name={customer ?? userId} />
          </span>
        ) : null}
        <ClearFilters names={['status', 'kind', 'overdue', 'user_id']} />
      </FilterBar>
      {page.items.length > 0 ? <RequestList requests={page.items} now={now} /> : <NoRequests params={params} />}
      <Pagination page={page} />
    </>
  );
}

/** What an empty list means: without filters and with `overdue` it is good news. */
function NoRequests({ params }: { params: URLSearchParams }) {
  const { t } = useTranslation();
  const narrowed = params.has('kind') || params.has('user_id') || statusGroupOf(params.get('status')) !== 'open';
  const good = !narrowed && !params.has('cursor');
  const key = !good ? 'empty' : params.get('overdue') === 'true' ? 'empty_overdue' : 'empty_open';
  return (
    <EmptyState icon={good ? IconShieldCheck : IconShieldLock} title={t(`privacy.${key}_title`)}>
      {t(`privacy.${key}_text`)}
    </EmptyState>
  );
}
