import { Form } from '@remix-run/react';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import {
  DESCRIPTION_MAX,
  INCIDENT_CATEGORIES,
  INCIDENT_PRIORITIES,
  TITLE_MAX,
} from '../../../server/incidents/incidents.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { type FormError, useFieldErrors } from '../ui/form-error.ts';
import { IconPlus, IconX } from '../ui/icons.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { ChoiceChips } from './choice-chips.tsx';
import classes from './new-incident.module.css';

/** What was typed into the form, as its action hands it back. */
export type NewIncidentValues = {
  title: string;
  description: string;
  category: string;
  priority: string;
  assign: string;
};

const FIRST_WRONG = ':is(input, textarea)[aria-invalid="true"], [data-wrong] input';

/**
 * The form that opens an incident without leaving the dossier: a `<details>`, so that it opens without script, without
 * reading the dossier again, and keeps what was typed when it is closed.
 */
export function NewIncident({ failed }: { failed?: { error: FormError; values: NewIncidentValues } }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(failed !== undefined);
  const panel = useRef<HTMLDetailsElement>(null);
  const fieldErrors = useFieldErrors(failed?.error);

  useEffect(() => {
    if (!failed) return;
    const wrong = panel.current?.querySelector<HTMLElement>(FIRST_WRONG);
    (wrong ?? titleOf(panel.current))?.focus();
  }, [failed]);

  // Ahead of the browser's own toggling, which would come after the next key press.
  function onSummary(event: MouseEvent) {
    event.preventDefault();
    flushSync(() => setOpen(!open));
    if (!open) titleOf(panel.current)?.focus();
  }

  function close() {
    setOpen(false);
    panel.current?.querySelector('summary')?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
    else if (event.key === 'Escape') close();
  }

  const values = failed?.values;
  return (
    <details ref={panel} className={classes.panel} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button */}
      <summary className={classes.summary} onClick={onSummary} aria-keyshortcuts={open ? undefined : 'n'}>
        {open ? <IconX size={16} aria-hidden /> : <IconPlus size={16} aria-hidden />}
        {open ? t('common.close') : t('dossier.new_incident')}
        {open ? null : (
          <kbd aria-hidden className="g-script-only">
            n
          </kbd>
        )}
      </summary>
      <Form method="post" className={`g-card ${classes.form}`} onKeyDown={onKeyDown} preventScrollReset noValidate>
        <h2>{t('dossier.new_incident')}</h2>
        <ErrorNotice error={failed?.error} />
        <div className={classes.fields}>
          <div className={classes.texts}>
            <TextField
              name="title"
              label={t('incidents.fields.title')}
              description=""
              defaultValue={values?.title}
              error={fieldErrors.title}
              maxLength={TITLE_MAX}
              required
            />
            <TextAreaField
              name="description"
              label={t('incidents.fields.description')}
              description=""
              defaultValue={values?.description}
              error={fieldErrors.description}
              maxLength={DESCRIPTION_MAX}
              rows={6}
              required
            />
          </div>
          <div className={classes.choices}>
            <ChoiceChips
              name="category"
              label={t('incidents.fields.category')}
              options={INCIDENT_CATEGORIES.map((value) => ({ value, label: t(`incidents.category.${value}`) }))}
              defaultValue={values?.category ?? ''}
              error={fieldErrors.category && t('dossier.choose_value')}
            />
            <ChoiceChips
              name="priority"
              label={t('incidents.fields.priority')}
              options={INCIDENT_PRIORITIES.map((value) => ({ value, label: t(`incidents.priority.${value}`) }))}
              defaultValue={values?.priority ?? 'medium'}
              error={fieldErrors.priority && t('dossier.choose_value')}
            />
            <label className={classes.check}>
              <input type="checkbox" name="assign" value="me" defaultChecked={values?.assign === 'me'} />
              {t('incidents.assign.take')}
            </label>
          </div>
        </div>
        <div className={classes.footer}>
          <button type="button" className={`${classes.cancel} g-script-only`} onClick={close}>
            {t('common.cancel')}
          </button>
          <SubmitButton pendingLabel={t('incidents.creating')}>{t('incidents.create')}</SubmitButton>
        </div>
      </Form>
    </details>
  );
}

function titleOf(details: HTMLDetailsElement | null): HTMLInputElement | null {
  return details?.querySelector<HTMLInputElement>('input[name="title"]') ?? null;
}
