import { NativeSelect, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { AUDIT_ACTIONS, AUDIT_TARGET_TYPES, type AuditAction } from '../../../server/audit/audit.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconChevronDown, IconSearch } from '../ui/icons.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { AuditFilter } from './audit-filters.ts';
import classes from './filter-form.module.css';
import { instantOf, wallTimeOf } from './wall-time.ts';

const AREAS = ['auth', 'support', 'privacy', 'audit', 'staff', 'access'] as const;
const areaOf = (action: AuditAction) => AREAS.find((area) => action.startsWith(`${area}_`));

type Props = {
  texts: Record<AuditFilter, string>;
  errors: Partial<Record<AuditFilter, string>>;
  timeZone: string;
  zoneKnown: boolean;
};

/** The filters of the audit as a form that needs no script; what was typed stays, right or wrong. */
export function FilterForm({ texts, errors, timeZone, zoneKnown }: Props) {
  const { t } = useTranslation();
  const chosen = texts.action.split(',').filter(Boolean);
  const field = (name: AuditFilter) => ({
    name,
    label: t(`audit.fields.${name}`),
    defaultValue: texts[name],
    error: errors[name],
    size: 'sm' as const,
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    // A new search makes the fields new, so that they show what it was made with.
    <Form method="get" className={`g-card ${classes.form}`} key={JSON.stringify(texts)} role="search">
      {texts.status ? <input type="hidden" name="status" value={texts.status} /> : null}
      <div className={classes.fields}>
        <TextInput {...field('request_id')} className={classes.wide} />
        <TextInput {...field('actor_id')} className={classes.wide} />
        <NativeSelect
          {...field('target_type')}
          data={[
            { value: '', label: t('audit.any') },
            ...AUDIT_TARGET_TYPES.map((type) => ({ value: type, label: t(`audit.target.${type}`) })),
          ]}
        />
        <TextInput {...field('target_id')} className={classes.wide} />
        <TimeField {...field('from')} timeZone={timeZone} />
        <TimeField {...field('to')} timeZone={timeZone} />
      </div>
      <details className={classes.actions} open={errors.action !== undefined}>
        <summary>
          {t('audit.action_filter', {
            chosen: chosen.length === 0 ? t('audit.any_action') : t('audit.actions_chosen', { count: chosen.length }),
          })}
          <IconChevronDown size={16} aria-hidden />
        </summary>
        <div className={classes.areas}>
          {AREAS.map((area) => (
            <fieldset key={area}>
              <legend>{t(`audit.area.${area}`)}</legend>
              {AUDIT_ACTIONS.filter((action) => areaOf(action) === area).map((action) => (
                <label key={action}>
                  <input type="checkbox" name="action" value={action} defaultChecked={chosen.includes(action)} />
                  {t(`audit.action.${action}`)}
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        {errors.action ? <p className={classes.error}>{errors.action}</p> : null}
      </details>
      <div className={classes.submit}>
        <SubmitButton leftSection={<IconSearch size={16} aria-hidden />}>{t('audit.search')}</SubmitButton>
        <span className={classes.note}>
          {zoneKnown ? null : `${t('audit.utc')} `}
          {t('audit.recorded')}
        </span>
      </div>
    </Form>
  );
}

type TimeProps = { name: string; label: string; defaultValue: string; error?: string; timeZone: string; size: 'sm' };

/** A date and time by the browser's own field; what is none stays as text, for it to be seen and put right. */
function TimeField({ defaultValue, timeZone, ...field }: TimeProps) {
  const instant = instantOf(defaultValue, timeZone) ?? (isInstant(defaultValue) ? defaultValue : null);
  const shown = instant ? wallTimeOf(instant, timeZone) : defaultValue;
  const plain = shown !== '' && instant === null;
  return (
    <TextInput
      {...field}
      type={plain ? 'text' : 'datetime-local'}
      defaultValue={shown}
      step={1}
      className={classes.time}
    />
  );
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
