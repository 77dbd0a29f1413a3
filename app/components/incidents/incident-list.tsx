import type { ReactNode } from 'react';
import type { IncidentSummary } from '../../../server/incidents/incidents.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { type Column, DataList } from '../ui/data-list.tsx';
import { CategoryLabel, PriorityBadge, StatusBadge } from '../ui/incident-badges.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { Time } from '../ui/time.tsx';

type ColumnKey = 'number' | 'title' | 'customer' | 'status' | 'priority' | 'category' | 'assignee' | 'age';

const ALL: readonly ColumnKey[] = ['number', 'title', 'customer', 'status', 'priority', 'category', 'assignee', 'age'];

/** Incidents as dense rows, each a link to its page. `columns` chooses which facts; `action` adds a last column. */
export function IncidentList({
  caption,
  rows,
  now,
  columns = ALL,
  action,
}: {
  caption: string;
  rows: readonly IncidentSummary[];
  /** The instant (ISO) from which ages are counted. */
  now: string;
  columns?: readonly ColumnKey[];
  action?: { header: string; cell: (row: IncidentSummary) => ReactNode };
}) {
  const { t } = useTranslation();
  const all: Record<ColumnKey, Column<IncidentSummary>> = {
    number: {
      key: 'number',
      header: t('incidents.fields.number_short'),
      width: '76px',
      hideBelow: 'sm',
      cell: (row) => <span className="g-mono g-dimmed">#{row.number}</span>,
    },
    title: {
      key: 'title',
      header: t('incidents.fields.title'),
      link: true,
      cell: (row) => <bdi dir="auto">{row.title}</bdi>,
    },
    customer: {
      key: 'customer',
      header: t('incidents.fields.customer'),
      share: '16%',
      hideBelow: 'sm',
      cell: (row) => <PersonName name={row.user_name} />,
    },
    status: {
      key: 'status',
      header: t('incidents.fields.status'),
      width: '122px',
      hideBelow: 'sm',
      cell: (row) => <StatusBadge status={row.status} plain />,
    },
    priority: {
      key: 'priority',
      header: t('incidents.fields.priority'),
      width: '104px',
      hideBelow: 'sm',
      cell: (row) => <PriorityBadge priority={row.priority} plain />,
    },
    category: {
      key: 'category',
      header: t('incidents.fields.category'),
      width: '130px',
      hideBelow: 'lg',
      cell: (row) => <CategoryLabel category={row.category} />,
    },
    assignee: {
      key: 'assignee',
      header: t('incidents.fields.assignee'),
      share: '13%',
      hideBelow: 'lg',
      cell: (row) =>
        row.assignee_id ? (
          <PersonName name={row.assignee_name} />
        ) : (
          <span className="g-dimmed">{t('incidents.assign.none')}</span>
        ),
    },
    age: {
      key: 'age',
      header: t('incidents.fields.created_at'),
      width: '112px',
      align: 'end',
      hideBelow: 'sm',
      cell: (row) => (
        <span className="g-dimmed">
          <Time at={row.created_at} now={now} />
        </span>
      ),
    },
  };
  return (
    <DataList
      caption={caption}
      columns={[
        ...columns.map((key) => all[key]),
        ...(action
          ? [
              {
                key: 'action',
                header: action.header,
                hiddenHeader: true,
                width: '96px',
                align: 'end',
                cell: action.cell,
              } as const,
            ]
          : []),
      ]}
      rows={rows}
      rowKey={(row) => row.id}
      href={(row) => `/incidents/${row.id}`}
      narrow={(row) => (
        <>
          <PersonName name={row.user_name} />
          <span className="g-mono">#{row.number}</span>
          {columns.includes('status') ? <StatusBadge status={row.status} plain /> : null}
          {row.priority === 'high' ? <PriorityBadge priority="high" plain /> : null}
        </>
      )}
    />
  );
}
