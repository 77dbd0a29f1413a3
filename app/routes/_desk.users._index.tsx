import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { UserListItem } from '../../server/users/users.schema.ts';
import classes from '../components/dossier/people.module.css';
import { RoleBadge, SubscriptionBadge } from '../components/ui/account-badges.tsx';
import { type Column, DataList } from '../components/ui/data-list.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { IconEraser, IconSearch } from '../components/ui/icons.ts';
import { Mark } from '../components/ui/mark.tsx';
import { PageHeader } from '../components/ui/page-header.tsx';
import { Pagination } from '../components/ui/pagination.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { searchWords } from '../components/ui/search-words.ts';
import { Time } from '../components/ui/time.tsx';
import { useFormat } from '../components/ui/use-format.ts';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

const PAGE_SIZE = 50;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t('users.title'));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const query = searchWords(params.get('query'));
  const found = await context.trpc.users.search({
    limit: PAGE_SIZE,
    query: query || undefined,
    cursor: params.get('cursor') || undefined,
  });
  return { query, found };
}

/** Each search is an audit event: only other words, or another page, search again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, formMethod }) =>
  currentUrl.search !== nextUrl.search || formMethod?.toUpperCase() === 'GET';

export default function People() {
  const { t } = useTranslation();
  const { query, found } = useLoaderData<typeof loader>();
  const columns = useColumns();
  const field = useRef<HTMLInputElement>(null);

  // Who comes here to search can type at once; who comes with words reads what they found.
  useEffect(() => {
    if (!new URLSearchParams(location.search).get('query')) field.current?.focus();
  }, []);

  return (
    <>
      <PageHeader title={t('users.title')} />
      <search>
        <Form method="get" className={classes.search}>
          <label htmlFor="people-query">{t('users.search_label')}</label>
          <div className={classes.field}>
            <IconSearch size={18} aria-hidden />
            <input
              key={query}
              id="people-query"
              type="search"
              name="query"
              defaultValue={query}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              ref={field}
              aria-describedby="people-hint"
            />
            <button type="submit">{t('common.search')}</button>
          </div>
          <p id="people-hint" className={classes.hint}>
            {t('users.search_hint')}
          </p>
        </Form>
      </search>
      {found.items.length === 0 ? (
        <NobodyFound />
      ) : (
        <>
          <Count total={found.total} capped={found.total_capped} newest={query === ''} />
          <DataList
            caption={query ? t('users.found_for', { query }) : t('users.newest')}
            columns={columns}
            rows={found.items}
            rowKey={(user) => user.id}
            href={(user) => `/users/${user.id}`}
            narrow={(user) => <Narrow user={user} />}
          />
          <Pagination page={found} byTime={query === ''} />
        </>
      )}
    </>
  );
}

function Count({ total, capped, newest }: { total: number; capped: boolean; newest: boolean }) {
  const { t } = useTranslation();
  return (
    <p className={classes.count} role="status">
      {capped ? t('users.count_capped', { count: total }) : t('users.count', { count: total })}
      {newest ? ` · ${t('users.newest_first')}` : ''}
    </p>
  );
}

function NobodyFound() {
  const { t } = useTranslation();
  return (
    <div className="g-card">
      <EmptyState icon={IconSearch} title={t('users.empty_title')}>
        <p>{t('users.empty_text')}</p>
        <p>
          <Link to="/users">{t('users.newest')}</Link>
        </p>
      </EmptyState>
    </div>
  );
}

function Name({ user }: { user: UserListItem }) {
  const { t } = useTranslation();
  if (!user.erased_at) return <PersonName name={user.name} />;
  return (
    <Mark tone="neutral" icon={IconEraser} plain>
      {t('common.erased_person')}
    </Mark>
  );
}

function useColumns(): Column<UserListItem>[] {
  const { t } = useTranslation();
  const { number } = useFormat();
  return [
    {
      key: 'name',
      header: t('users.name'),
      link: true,
      share: '28%',
      cell: (user) => (
        <>
          <Name user={user} />
          {user.role === 'user' ? null : (
            <span className={classes.role}>
              <RoleBadge role={user.role} plain />
            </span>
          )}
        </>
      ),
    },
    { key: 'email', header: t('users.email'), hideBelow: 'sm', cell: (user) => user.email ?? '—' },
    {
      key: 'subscription',
      header: t('users.subscription'),
      width: '220px',
      hideBelow: 'md',
      cell: (user) => <SubscriptionBadge plan={user.plan} status={user.subscription_status} plain />,
    },
    {
      key: 'open_incidents',
      header: t('users.open_incidents'),
      width: '140px',
      align: 'end',
      hideBelow: 'sm',
      cell: (user) =>
        user.open_incidents > 0 ? (
          <strong className={classes.open}>{number(user.open_incidents)}</strong>
        ) : (
          <span className="g-dimmed">{number(0)}</span>
        ),
    },
    {
      key: 'created_at',
      header: t('users.created_at'),
      width: '140px',
      hideBelow: 'lg',
      cell: (user) => <Time at={user.created_at} day />,
    },
  ];
}

/** On a narrow screen, what tells namesakes apart. */
function Narrow({ user }: { user: UserListItem }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="g-truncate">{user.email ?? '—'}</span>
      <SubscriptionBadge plan={user.plan} status={user.subscription_status} plain />
      {user.open_incidents > 0 ? <span>{t('users.open_count', { count: user.open_incidents })}</span> : null}
    </>
  );
}
