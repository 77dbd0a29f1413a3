import { Form } from '@remix-run/react';
import { type ReactNode, useEffect, useRef } from 'react';
import {
  DESCRIPTION_MAX,
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  TITLE_MAX,
} from '../../../server/incidents/incidents.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { type FormError, useFieldErrors } from '../ui/form-error.ts';
import { CategoryLabel, PriorityBadge } from '../ui/incident-badges.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { ChoiceField } from './choice-field.tsx';
import { CountedField } from './counted-field.tsx';
import classes from './incident-form.module.css';
import type { IncidentFormValues } from './open-incident.ts';
import { sendOnControlEnter } from './send-on-control-enter.ts';

/**
 * The form that opens an incident: category, priority, title, description. It posts to `action`, whose route calls
 * `openIncident(context, userId, form)`; works without script.
 *
 * - `failed`: what `openIncident` returned when it was refused (from `useActionData`): the error is shown, tied to its
 *   fields, with what was typed.
 * - `autoFocus`: whether the form takes the focus when it appears, as it does after a refusal.
 * - `cancel`: a link away from the form, beside its button.
 * - `children`: hidden fields of the route's own, such as `<input type="hidden" name="intent" value="open" />`.
 */
export function IncidentForm({
  action,
  failed,
  autoFocus = false,
  cancel,
  children,
}: {
  action?: string;
  failed?: { error?: FormError; values?: IncidentFormValues } | null;
  autoFocus?: boolean;
  cancel?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const errors = useFieldErrors(failed?.error);
  const form = useRef<HTMLFormElement>(null);
  const values = failed?.values;

  useEffect(() => {
    if (!failed?.error) return;
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (invalid?.matches('[role="radiogroup"]') ? invalid.querySelector<HTMLElement>('input') : invalid)?.focus();
  }, [failed]);

  return (
    <Form
      ref={form}
      method="post"
      action={action}
      noValidate
      className={classes.form}
      onKeyDown={sendOnControlEnter}
      preventScrollReset
    >
      {children}
      <ErrorNotice error={failed?.error} />
      <div className={classes.choices}>
        <ChoiceField
          name="category"
          label={t('incidents.fields.category')}
          options={INCIDENT_CATEGORIES.map((value) => ({ value, label: <CategoryLabel category={value} /> }))}
          defaultValue={values?.category}
          error={errors.category && t('incidents.choose_category')}
        />
        <ChoiceField
          name="priority"
          label={t('incidents.fields.priority')}
          options={INCIDENT_PRIORITIES.map((value) => ({ value, label: <PriorityBadge priority={value} plain /> }))}
          defaultValue={values?.priority ?? 'medium'}
          error={errors.priority}
        />
      </div>
      <CountedField
        name="title"
        label={t('incidents.fields.title')}
        max={TITLE_MAX}
        defaultValue={values?.title}
        error={errors.title}
        autoFocus={autoFocus}
      />
      <CountedField
        name="description"
        label={t('incidents.fields.description')}
        max={DESCRIPTION_MAX}
        rows={7}
        defaultValue={values?.description}
        error={errors.description}
      />
      <div className={classes.buttons}>
        <SubmitButton pendingLabel={t('incidents.creating')}>{t('incidents.create')}</SubmitButton>
        {cancel}
      </div>
    </Form>
  );
}
