import { Form } from '@remix-run/react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import {
  DESCRIPTION_MAX,
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  TITLE_MAX,
} from '../../../server/incidents/incidents.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ChoiceField } from '../ui/choice-field.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFieldErrors } from '../ui/form-error.ts';
import { FORM_KEY } from '../ui/form-key.ts';
import { CategoryLabel, PriorityBadge } from '../ui/incident-badges.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { CountedField } from './counted-field.tsx';
import classes from './incident-form.module.css';
import type { OpenIncidentResult } from './open-incident.ts';
import { sendOnControlEnter } from './send-on-control-enter.ts';

const FIRST_WRONG = ':is(input, textarea)[aria-invalid="true"], [role="radiogroup"][aria-invalid="true"] input';

/**
 * The form that opens an incident: title, description, category, priority, and whether to take it. It posts to
 * `action`, whose route calls `openIncident(context, userId, form)`; works without script.
 *
 * - `formKey`: `crypto.randomUUID()` of the loader, by which the form sent twice opens one incident.
 * - `failed`: what `openIncident` returned when it was refused (from `useActionData`): the error is shown, tied to its
 *   fields, with what was typed.
 * - `autoFocus`: whether the form takes the focus when it appears, as its first wrong field does after a refusal.
 * - `cancel`: a way out of the form, beside its button; `onEscape` is the same by the keyboard.
 */
export function IncidentForm({
  action,
  formKey,
  failed,
  autoFocus = false,
  cancel,
  onEscape,
}: {
  action?: string;
  formKey: string;
  failed?: Partial<OpenIncidentResult> | null;
  autoFocus?: boolean;
  cancel?: ReactNode;
  onEscape?: () => void;
}) {
  const { t } = useTranslation();
  const errors = useFieldErrors(failed?.error);
  const form = useRef<HTMLFormElement>(null);
  const values = failed?.values;

  useEffect(() => {
    if (failed?.error) fieldToGoOn(form.current)?.focus();
  }, [failed]);

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) onEscape?.();
    else sendOnControlEnter(event);
  }

  return (
    <Form
      ref={form}
      method="post"
      action={action}
      noValidate
      className={classes.form}
      onKeyDown={onKeyDown}
      preventScrollReset
    >
      <input type="hidden" name={FORM_KEY} value={failed?.formKey ?? formKey} />
      <ErrorNotice error={failed?.error} />
      <div className={classes.fields}>
        <div className={classes.texts}>
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
        </div>
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
          <label className={classes.take}>
            <input type="checkbox" name="assign" value="me" defaultChecked={values?.assign === 'me'} />
            {t('incidents.assign.take')}
          </label>
        </div>
      </div>
      <div className={classes.buttons}>
        <SubmitButton pendingLabel={t('incidents.creating')}>{t('incidents.create')}</SubmitButton>
        {cancel}
      </div>
    </Form>
  );
}

/** The first field that is wrong, or the title when the refusal is not about a field. */
function fieldToGoOn(form: HTMLFormElement | null): HTMLElement | null | undefined {
  return form?.querySelector<HTMLElement>(FIRST_WRONG) ?? form?.querySelector<HTMLElement>('input[name="title"]');
}
