import type { Agent } from '../../../server/users/staff.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { ChangeField } from './incident-change.ts';

type People = { agents: readonly Agent[]; incident?: { assignee_id: string | null; assignee_name: string | null } };

/** Turns the values of an incident's fields into the words that people read. */
export function useIncidentWords({ agents, incident }: People): {
  field(field: ChangeField): string;
  value(field: ChangeField, value: string): string;
  agent(id: string | null): string;
} {
  const { t, i18n } = useTranslation();
  const agent = (id: string | null) => {
    if (!id) return t('incidents.assign.none');
    const name = agents.find((one) => one.id === id)?.name;
    return name ?? (incident?.assignee_id === id ? incident.assignee_name : null) ?? t('common.somebody');
  };
  return {
    agent,
    field: (field) => t(`incidents.fields.${field}`),
    value(field, value) {
      if (field === 'assignee_id') return agent(value);
      if (field === 'title' || field === 'description') return value;
      const key = `incidents.${field}.${value}`;
      return i18n.exists(key) ? t(key as 'incidents.status.open') : value;
    },
  };
}
