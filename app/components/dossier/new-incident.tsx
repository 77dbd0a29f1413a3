import { type MouseEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IncidentForm } from '../incidents/incident-form.tsx';
import type { OpenIncidentResult } from '../incidents/open-incident.ts';
import { IconPlus, IconX } from '../ui/icons.ts';
import classes from './new-incident.module.css';

/**
 * The form that opens an incident without leaving the dossier: a `<details>`, so that it opens without script, without
 * reading the dossier again, and keeps what was typed when it is closed.
 */
export function NewIncident({ formKey, failed }: { formKey: string; failed?: Partial<OpenIncidentResult> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(failed !== undefined);
  const panel = useRef<HTMLDetailsElement>(null);

  // Ahead of the browser's own toggling, which would come after the next key press.
  function onSummary(event: MouseEvent) {
    event.preventDefault();
    flushSync(() => setOpen(!open));
    if (!open) panel.current?.querySelector<HTMLInputElement>('input[name="title"]')?.focus();
  }

  function close() {
    setOpen(false);
    panel.current?.querySelector('summary')?.focus();
  }

  return (
    <details
      ref={panel}
      className={`${classes.panel} g-screen-only`}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
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
      <div className={`g-card ${classes.card}`}>
        <h2>{t('dossier.new_incident')}</h2>
        <IncidentForm
          formKey={formKey}
          failed={failed}
          onEscape={close}
          cancel={
            <button type="button" className={`${classes.cancel} g-script-only`} onClick={close}>
              {t('common.cancel')}
            </button>
          }
        />
      </div>
    </details>
  );
}
