import { Form } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { PASSWORD_MIN } from '../../../server/identity/password.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField } from '../ui/fields.tsx';
import { type FormError, useFieldErrors } from '../ui/form-error.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import classes from './account.module.css';

/** Takes the current password and a new one; `email` tells a password manager whose they are. */
export function ChangePassword({ email, error }: { email: string; error?: FormError }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const fieldErrors = useFieldErrors(error);
  const wrong = error?.code === 'invalid_credentials' ? t('auth.wrong_password') : fieldErrors.current_password;
  const inPlace = wrong || fieldErrors.new_password;

  useEffect(() => {
    if (!error) return;
    const first = form.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]');
    (first ?? form.current?.querySelector<HTMLInputElement>('input[name="current_password"]'))?.select();
  }, [error]);

  return (
    <section id="password" className={`g-card ${classes.card}`} aria-labelledby="password-title">
      <h2 id="password-title">{t('security.change')}</h2>
      <Form
        method="post"
        action="/account/security#password"
        ref={form}
        className={classes.password}
        preventScrollReset
        noValidate
      >
        {inPlace ? null : <ErrorNotice error={error} />}
        <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
        <PasswordField
          name="current_password"
          label={t('security.current')}
          autoComplete="current-password"
          required
          error={wrong}
        />
        <PasswordField
          name="new_password"
          label={t('security.new')}
          description={t('security.new_hint', { count: PASSWORD_MIN })}
          autoComplete="new-password"
          required
          error={fieldErrors.new_password}
        />
        <SubmitButton name="intent" value="password" pendingLabel={t('security.saving')}>
          {t('security.save')}
        </SubmitButton>
        <p className={classes.kept}>{t('security.ends_others')}</p>
      </Form>
    </section>
  );
}
