import type { PrivacyRequestListItem } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { type Column, DataList } from '../ui/data-list.tsx';
import { DueDay } from '../ui/deadline.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { DaysLeft, PrivacyKindLabel, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';
import { Time } from '../ui/time.tsx';
import { DeadlineCell } from './deadline-cell.tsx';

/** Privacy requests in dense rows, each a link to its page. `now` is ISO, from the loader. */
export function RequestList({ requests, now }: { requests: readonly PrivacyRequestListItem[]; now: string }) {
  const { t } = useTranslation();
  const columns: Column<PrivacyRequestListItem>[] = [
    {
      key: 'customer',
      header: t('privacy.fields.customer'),
      link: true,
      cell: (request) => (
        <>
          <PersonName name={request.user_name} />
          <span className="g-hidden">, {t(`privacy.kind.${request.kind}`)}</span>
        </>
      ),
    },
    {
      key: 'kind',
      header: t('privacy.fields.kind'),
      width: '150px',
      hideBelow: 'sm',
      cell: (request) => <PrivacyKindLabel kind={request.kind} />,
    },
    {
      key: 'status',
      header: t('privacy.fields.status'),
      width: '190px',
      hideBelow: 'sm',
      cell: (request) => <PrivacyStatusBadge status={request.status} plain />,
    },
    {
      key: 'received',
      header: t('privacy.fields.received_at'),
      width: '130px',
      hideBelow: 'lg',
      cell: (request) => <Time at={request.received_at} day />,
    },
    {
      key: 'due',
      header: t('privacy.fields.due_at'),
      width: '130px',
      hideBelow: 'md',
      cell: (request) => <DueDay request={request} />,
    },
    {
      key: 'days_left',
      header: t('privacy.fields.days_left'),
      width: '270px',
      hideBelow: 'sm',
      cell: (request) => <DeadlineCell request={request} now={now} />,
    },
  ];
  return (
    <DataList
      caption={t('privacy.title')}
      columns={columns}
      rows={requests}
      rowKey={(request) => request.id}
      href={(request) => `/privacy/${request.id}`}
      narrow={(request) => (
        <>
          <PrivacyKindLabel kind={request.kind} />
          <PrivacyStatusBadge status={request.status} plain />
          <DaysLeft request={request} plain />
        </>
      )}
    />
  );
}
