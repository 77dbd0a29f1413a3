import type { PrivacyRequestListItem } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { DataList } from '../ui/data-list.tsx';
import { DueDay } from '../ui/deadline.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { DaysLeft, PrivacyKindLabel, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';

/** Privacy requests whose legal clock runs, soonest deadline first. */
export function DueList({ rows }: { rows: readonly PrivacyRequestListItem[] }) {
  const { t } = useTranslation();
  return (
    <DataList
      caption={t('queue.due')}
      rows={rows}
      rowKey={(row) => row.id}
      href={(row) => `/privacy/${row.id}`}
      narrow={(row) => (
        <>
          <PrivacyStatusBadge status={row.status} plain />
          <PrivacyKindLabel kind={row.kind} />
        </>
      )}
      columns={[
        {
          key: 'customer',
          header: t('privacy.fields.customer'),
          link: true,
          cell: (row) => <PersonName name={row.user_name} />,
        },
        {
          key: 'kind',
          header: t('privacy.fields.kind'),
          width: '170px',
          hideBelow: 'sm',
          cell: (row) => <PrivacyKindLabel kind={row.kind} />,
        },
        {
          key: 'status',
          header: t('privacy.fields.status'),
          width: '190px',
          hideBelow: 'sm',
          cell: (row) => <PrivacyStatusBadge status={row.status} plain />,
        },
        {
          key: 'due_at',
          header: t('privacy.fields.due_at'),
          width: '140px',
          hideBelow: 'md',
          cell: (row) => (
            <span className="g-dimmed">
              <DueDay request={row} />
            </span>
          ),
        },
        {
          key: 'days_left',
          header: t('privacy.fields.days_left'),
          width: '190px',
          cell: (row) => <DaysLeft request={row} plain />,
        },
      ]}
    />
  );
}
