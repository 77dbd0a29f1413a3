import { Form, Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { DESCRIPTION_MAX, TITLE_MAX } from '../../../server/incidents/incidents.rules.ts';
import type { IncidentDetail } from '../../../server/incidents/incidents.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { type FormError, useFieldErrors } from '../ui/form-error.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { BaseFields } from './base-fields.tsx';
import { CountedField } from './counted-field.tsx';
import type { FieldValues } from './incident-change.ts';
import classes from './incident-form.module.css';
import { sendOnControlEnter } from './send-on-control-enter.ts';

/** The id by which buttons outside the form can send it. */
export const TEXT_FORM = 'incident-text';

/** Title and description being edited. `typed` is what a refused form held; `incident` the version it now stands on. */
export function IncidentTextForm({
  incident,
  typed,
  error,
}: {
  incident: IncidentDetail;
  typed?: FieldValues;
  error?: FormError;
}) {
  const { t } = useTranslation();
  const errors = useFieldErrors(error);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  return (
    <Form
      ref={form}
      id={TEXT_FORM}
      method="post"
      action={`/incidents/${incident.id}?edit=1`}
      noValidate
      className={classes.form}
      onKeyDown={sendOnControlEnter}
      preventScrollReset
    >
      <BaseFields incident={incident} withText />
      <CountedField
        name="title"
        label={t('incidents.fields.title')}
        max={TITLE_MAX}
        defaultValue={typed?.title ?? incident.title}
        error={errors.title}
        autoFocus={!error}
      />
      <CountedField
        name="description"
        label={t('incidents.fields.description')}
        max={DESCRIPTION_MAX}
        rows={14}
        defaultValue={typed?.description ?? incident.description}
        error={errors.description}
      />
      <div className={classes.buttons}>
        <SubmitButton>{t('common.save')}</SubmitButton>
        <Link to={`/incidents/${incident.id}`}>{t('common.cancel')}</Link>
      </div>
    </Form>
  );
}
