import type { Dossier } from '../../../server/dossier/dossier.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OpenAlready } from '../ui/about-customer.tsx';
import { PriorityBadge, StatusBadge } from '../ui/incident-badges.tsx';

/** The incidents of a customer that somebody still has to act on. */
export function UnfinishedIncidents({ incidents }: { incidents: Dossier['open_incidents'] }) {
  const { t } = useTranslation();
  const rows = incidents.map((incident) => ({
    to: `/incidents/${incident.id}`,
    words: <bdi dir="auto">{incident.title}</bdi>,
    marks: (
      <>
        <span className="g-mono g-dimmed">#{incident.number}</span>
        <StatusBadge status={incident.status} plain />
        <PriorityBadge priority={incident.priority} plain />
      </>
    ),
  }));
  return <OpenAlready title={t('incidents.already_open')} empty={t('incidents.none_open')} rows={rows} />;
}
