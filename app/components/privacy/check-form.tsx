import { Form } from '@remix-run/react';
import { CERTIFICATE_MAX } from '../../../server/privacy/certificate.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import classes from './check.module.css';
import type { Refused } from './check-certificate.ts';

/** Takes a certificate as a file or as text; its route's action calls `checkForm`. */
export function CheckForm({ refused }: { refused: Refused | undefined }) {
  const { t } = useTranslation();
  const errors = {
    empty: t('field_errors.required'),
    too_long: t('field_errors.too_long', { count: CERTIFICATE_MAX }),
  };
  return (
    <Form method="post" encType="multipart/form-data" className={`g-card ${classes.form}`} noValidate>
      <p className="g-dimmed">{t('privacy.check.what')}</p>
      <label className={classes.file}>
        <span>{t('privacy.check.file')}</span>
        <input type="file" name="file" accept=".json,application/json" />
      </label>
      <TextAreaField
        name="certificate"
        label={t('privacy.check.paste')}
        description={t('privacy.check.paste_hint', { count: CERTIFICATE_MAX })}
        error={refused && errors[refused]}
        maxLength={CERTIFICATE_MAX}
        rows={8}
      />
      <SubmitButton pendingLabel={t('privacy.check.pending')}>{t('privacy.check.submit')}</SubmitButton>
    </Form>
  );
}
