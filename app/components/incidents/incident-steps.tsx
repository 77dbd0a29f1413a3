import { Form } from '@remix-run/react';
import type { IncidentStatus } from '../../../server/incidents/incidents.rules.ts';
import type { IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconLock } from '../ui/icons.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { BaseFields } from './base-fields.tsx';
import classes from './incident-steps.module.css';

/** The step that work on an incident takes when all goes well. */
const USUAL: Record<IncidentStatus, IncidentStatus> = {
  open: 'in_progress',
  in_progress: 'resolved',
  resolved: 'closed',
  closed: 'in_progress',
};

/** The statuses to which the signed-in person may move the incident, each a button; words where there are none. */
export function IncidentSteps({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const { id, status, allowed_transitions: steps } = incident;
  if (steps.length === 0) {
    return (
      <p className={classes.none}>
        <IconLock size={16} aria-hidden /> {t('incidents.no_next_steps')}
      </p>
    );
  }
  return (
    <Form
      method="post"
      action={`/incidents/${id}`}
      className={classes.steps}
      aria-label={t('incidents.next_steps')}
      preventScrollReset
    >
      <BaseFields incident={incident} />
      {steps.map((step) => (
        <SubmitButton key={step} name="status" value={step} variant={step === USUAL[status] ? 'filled' : 'default'}>
          {status === 'closed' ? t('incidents.move.reopen') : t(`incidents.move.${step}`)}
        </SubmitButton>
      ))}
    </Form>
  );
}
