import { Form } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { DETAILS_MAX, PRIVACY_KINDS, type PrivacyKind } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { AlreadyOpen } from '../privacy/already-open.tsx';
import { KindChoice, WHERE_TO_GO_ON } from '../privacy/kind-choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextAreaField } from '../ui/fields.tsx';
import { type FormError, useFieldErrors } from '../ui/form-error.ts';
import { FORM_KEY } from '../ui/form-key.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import classes from './account.module.css';

/** What was typed into the form, as its action hands it back. */
export type AskValues = { kind: string; details: string };

/**
 * Asks for access, erasure or rectification; kinds in `open` are under way and cannot be asked for again. Sent twice
 * with one `formKey` it asks once.
 */
export function AskForm({
  open,
  formKey,
  failed,
}: {
  open: readonly PrivacyKind[];
  formKey: string;
  failed?: { error: FormError; values: AskValues; formKey: string };
}) {
  const { t } = useTranslation();
  const fieldErrors = useFieldErrors(failed?.error);
  const form = useRef<HTMLFormElement>(null);
  const alreadyOpen = failed?.error.code === 'privacy_request_already_open';

  useEffect(() => {
    if (!failed) return;
    form.current?.querySelector<HTMLElement>(WHERE_TO_GO_ON)?.focus();
  }, [failed]);

  return (
    <section id="ask" className={`g-card ${classes.card} ${classes.ask}`} aria-labelledby="ask-title">
      <h2 id="ask-title">{t('account.ask')}</h2>
      <p>{t(open.length < PRIVACY_KINDS.length ? 'account.ask_intro' : 'account.all_under_way')}</p>
      <Form method="post" action="/account#ask" ref={form} preventScrollReset noValidate>
        <input type="hidden" name={FORM_KEY} value={failed?.formKey ?? formKey} />
        {alreadyOpen ? (
          <AlreadyOpen>
            {t('account.already_open')} <a href="#requests">{t('account.already_open_link')}</a>
          </AlreadyOpen>
        ) : (
          <ErrorNotice error={failed?.error} />
        )}
        <KindChoice
          question={t('account.kind_question')}
          label={(kind) => t(`account.kind.${kind}`)}
          text={(kind) => t(open.includes(kind) ? 'account.under_way' : `account.kind_text.${kind}`)}
          chosen={failed?.values.kind}
          underWay={open}
          locked={!alreadyOpen}
          error={fieldErrors.kind && t('account.kind_missing')}
        />
        <TextAreaField
          name="details"
          label={t('account.details')}
          description={t('account.details_hint', { count: DETAILS_MAX })}
          defaultValue={failed?.values.details}
          error={fieldErrors.details}
          maxLength={DETAILS_MAX}
          rows={4}
        />
        <div>
          <SubmitButton pendingLabel={t('account.sending')}>{t('account.send')}</SubmitButton>
        </div>
        <p className={classes.hint}>{t('account.clock')}</p>
      </Form>
    </section>
  );
}
