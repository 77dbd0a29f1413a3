import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { EventTable } from '../components/audit/event-table.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { IconClipboardList } from '../components/ui/icons.ts';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Pagination } from '../components/ui/pagination.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('dossier.events_title'));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const input = { user_id: params.userId ?? '', limit: 50, ...(cursor ? { cursor } : {}) };
  return { userId: input.user_id, page: await context.trpc.dossier.events(input) };
}

/** A look into the dossier, which is recorded: not for a change of language or colours. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ defaultShouldRevalidate, formMethod }) =>
  defaultShouldRevalidate && formMethod !== 'POST';

export default function DossierEvents() {
  const { t } = useTranslation();
  const { userId, page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        above={<Link to={`/users/${userId}`}>{t('dossier.title')}</Link>}
        title={t('dossier.events_title')}
        meta={
          <span>
            {page.total_capped
              ? t('audit.count_capped', { count: page.total })
              : t('audit.count', { count: page.total })}
          </span>
        }
      />
      {page.items.length > 0 ? (
        <EventTable events={page.items} />
      ) : (
        <EmptyState icon={IconClipboardList} title={t('audit.empty_title')}>
          {t('dossier.timeline_empty')}
        </EmptyState>
      )}
      <Pagination page={page} byTime />
    </>
  );
}
