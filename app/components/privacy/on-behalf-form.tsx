import { Form, Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { DETAILS_MAX, REASON_MAX } from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequest } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { useFieldErrors } from '../ui/form-error.ts';
import { FORM_KEY } from '../ui/form-key.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { AlreadyOpen } from './already-open.tsx';
import type { AskedOnBehalf } from './ask-on-behalf.ts';
import { KindChoice, WHERE_TO_GO_ON } from './kind-choice.tsx';
import classes from './on-behalf.module.css';

/**
 * Takes a request in on a customer's behalf; its route's action calls `askOnBehalf`. Kinds that the customer has open
 * cannot be chosen. `failed` is what that returned when it was refused: shown with what was typed.
 */
export function OnBehalfForm({
  userId,
  open,
  formKey,
  failed,
}: {
  userId: string;
  open: readonly PrivacyRequest[];
  formKey: string;
  failed?: Partial<AskedOnBehalf>;
}) {
  const { t } = useTranslation();
  const errors = useFieldErrors(failed?.error);
  const form = useRef<HTMLFormElement>(null);
  const values = failed?.values;

  useEffect(() => {
    if (failed) form.current?.querySelector<HTMLElement>(WHERE_TO_GO_ON)?.focus();
  }, [failed]);

  return (
    <Form method="post" ref={form} className={classes.form} preventScrollReset noValidate>
      <input type="hidden" name={FORM_KEY} value={failed?.formKey ?? formKey} />
      {failed?.error?.code === 'privacy_request_already_open' ? (
        <AlreadyOpen>
          {t('privacy.on_behalf.already_open')}{' '}
          <Link to={`/privacy?user_id=${userId}`}>{t('privacy.on_behalf.already_open_link')}</Link>
        </AlreadyOpen>
      ) : (
        <ErrorNotice error={failed?.error} />
      )}
      <KindChoice
        question={t('privacy.on_behalf.kind_question')}
        label={(kind) => t(`privacy.kind_long.${kind}`)}
        text={(kind) =>
          t(
            open.some((request) => request.kind === kind)
              ? 'privacy.on_behalf.under_way'
              : `privacy.on_behalf.kind_text.${kind}`,
          )
        }
        chosen={values?.kind}
        underWay={open.map(({ kind }) => kind)}
        error={errors.kind && t('privacy.on_behalf.kind_missing')}
      />
      <TextAreaField
        name="details"
        label={t('privacy.on_behalf.details')}
        description={t('privacy.on_behalf.details_hint', { count: DETAILS_MAX })}
        defaultValue={values?.details}
        error={errors.details}
        maxLength={DETAILS_MAX}
        rows={4}
      />
      <TextAreaField
        name="reason"
        label={t('privacy.on_behalf.reason')}
        description={t('privacy.on_behalf.reason_hint', { count: REASON_MAX })}
        defaultValue={values?.reason}
        error={errors.reason}
        maxLength={REASON_MAX}
        rows={3}
        required
      />
      <div className={classes.day}>
        <TextField
          name="received_on"
          type="date"
          label={t('privacy.on_behalf.received_on')}
          description={t('privacy.on_behalf.received_on_hint')}
          defaultValue={values?.received_on}
          error={errors.received_on && t('privacy.on_behalf.received_on_wrong')}
        />
      </div>
      <div className={classes.buttons}>
        <SubmitButton pendingLabel={t('privacy.on_behalf.sending')}>{t('privacy.on_behalf.send')}</SubmitButton>
        <Link to={`/users/${userId}`}>{t('common.cancel')}</Link>
      </div>
    </Form>
  );
}
