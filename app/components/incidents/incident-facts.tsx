import { NativeSelect } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { INCIDENT_CATEGORIES, INCIDENT_PRIORITIES } from '../../../server/incidents/incidents.rules.ts';
import type { IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import type { Agent } from '../../../server/users/staff.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from '../ui/copy-id.tsx';
import { PersonName } from '../ui/person-name.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { Time } from '../ui/time.tsx';
import { useRootData } from '../ui/use-root-data.ts';
import { BaseFields } from './base-fields.tsx';
import classes from './incident-facts.module.css';

/** The facts of an incident beside its text. Priority, category and assignee are changed where they stand. */
export function IncidentFacts({
  incident,
  agents,
  editable,
}: {
  incident: IncidentDetail;
  agents: readonly Agent[];
  /** False while the text is being edited: sending the facts would lose what was typed. */
  editable: boolean;
}) {
  const { t } = useTranslation();
  const { actor } = useRootData();
  return (
    <section className={`g-card ${classes.facts}`} aria-labelledby="facts">
      <h2 id="facts">{t('incidents.facts')}</h2>
      {editable ? <FactsForm key={incident.version} incident={incident} agents={agents} /> : null}
      {!editable || incident.assignee_id === actor?.id ? null : (
        <Form method="post" action={`/incidents/${incident.id}`} className={classes.take} preventScrollReset>
          <BaseFields incident={incident} />
          <SubmitButton name="assignee_id" value="me" variant="light" size="xs" fullWidth>
            {t('incidents.assign.take')}
          </SubmitButton>
        </Form>
      )}
      <dl className={classes.list}>
        <Fact label={t('incidents.fields.customer')}>
          <Link to={`/users/${incident.user_id}`}>
            <PersonName name={incident.user_name} />
          </Link>
        </Fact>
        <Fact label={t('incidents.fields.created_by')}>
          <PersonName name={incident.created_by_name} />
        </Fact>
        <Fact label={t('incidents.fields.created_at')}>
          <Time at={incident.created_at} />
        </Fact>
        <Fact label={t('incidents.fields.updated_at')}>
          <Time at={incident.updated_at} />
        </Fact>
        {incident.resolved_at ? (
          <Fact label={t('incidents.fields.resolved_at')}>
            <Time at={incident.resolved_at} />
          </Fact>
        ) : null}
        {incident.closed_at ? (
          <Fact label={t('incidents.fields.closed_at')}>
            <Time at={incident.closed_at} />
          </Fact>
        ) : null}
        <Fact label={t('incidents.fields.version')}>{incident.version}</Fact>
        <Fact label={t('incidents.fields.id')}>
          <CopyId value={incident.id} label={t('incidents.fields.id')} short />
        </Fact>
      </dl>
    </section>
  );
}

function FactsForm({ incident, agents }: { incident: IncidentDetail; agents: readonly Agent[] }) {
  const { t } = useTranslation();
  const [changed, setChanged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // A choice made before the script came, or put back by the browser, counts too.
  useEffect(() => setChanged(form.current !== null && isChanged(form.current)), []);
  const people = agents.map(({ id, name }) => ({ value: id, label: name }));
  if (incident.assignee_id && !agents.some(({ id }) => id === incident.assignee_id)) {
    people.unshift({ value: incident.assignee_id, label: incident.assignee_name ?? t('common.somebody') });
  }
  return (
    <Form
      ref={form}
      method="post"
      action={`/incidents/${incident.id}`}
      className={classes.form}
      onChange={(event) => setChanged(isChanged(event.currentTarget))}
      preventScrollReset
    >
      <BaseFields incident={incident} />
      <NativeSelect
        name="assignee_id"
        label={t('incidents.fields.assignee')}
        defaultValue={incident.assignee_id ?? ''}
        data={[{ value: '', label: t('incidents.assign.none') }, ...people]}
      />
      <NativeSelect
        name="priority"
        label={t('incidents.fields.priority')}
        defaultValue={incident.priority}
        data={INCIDENT_PRIORITIES.map((value) => ({ value, label: t(`incidents.priority.${value}`) }))}
      />
      <NativeSelect
        name="category"
        label={t('incidents.fields.category')}
        defaultValue={incident.category}
        data={INCIDENT_CATEGORIES.map((value) => ({ value, label: t(`incidents.category.${value}`) }))}
      />
      <div className={classes.save} data-changed={changed ? '' : undefined}>
        <SubmitButton size="xs" fullWidth>
          {t('incidents.save_facts')}
        </SubmitButton>
      </div>
    </Form>
  );
}

/** Whether any choice of the form differs from the one that it came with. */
function isChanged(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll('select')].some((select) => {
    const base = form.elements.namedItem(`base_${select.name}`);
    return base instanceof HTMLInputElement && base.value !== select.value;
  });
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
