import { Checkbox } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { can } from '../../../server/identity/roles.rules.ts';
import { MENTION_GROUNDS } from '../../../server/privacy/erasure.rules.ts';
import {
  isAutomaticPrivacyKind,
  isOpenPrivacyRequest,
  type PrivacyAct,
  REASON_MAX,
} from '../../../server/privacy/privacy.rules.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { PasswordField, SelectField, TextAreaField } from '../ui/fields.tsx';
import { useFieldErrors } from '../ui/form-error.ts';
import { IconChevronDown } from '../ui/icons.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { useRootData } from '../ui/use-root-data.ts';
import classes from './act-panel.module.css';
import { IdentityFields } from './identity-fields.tsx';
import type { FailedAct } from './perform-act.ts';

type Props = {
  request: PrivacyRequestDetail;
  failed: FailedAct | null;
  /** Whether the agent's password was given recently. */
  recent: boolean;
};

/** What the signed-in agent may do to the request, one form each; words where there is nothing to do. */
export function ActPanel({ request, failed, recent }: Props) {
  const { t } = useTranslation();
  const { actor } = useRootData();
  const { allowed_acts: acts } = request;
  const first = acts.find((act) => !isFolded(act, request));
  return (
    <section className={`g-card g-screen-only ${classes.panel}`} aria-labelledby="next-steps">
      <h2 id="next-steps">{t('privacy.next_steps')}</h2>
      {acts.length === 0 ? <p className="g-dimmed">{t(`privacy.no_acts.${nothingToDo(request)}`)}</p> : null}
      {acts.map((act) => (
        // A new version makes the forms new, so that nothing typed for an old state stays open.
        <ActForm
          key={`${act} ${request.version}`}
          act={act}
          request={request}
          failed={failed}
          recent={recent}
          primary={act === first}
        />
      ))}
      {acts.length > 0 && !can(actor?.role, 'privacy:decide') ? (
        <p className="g-dimmed">{t('privacy.operations_decide')}</p>
      ) : null}
      {failed?.reason && !acts.includes(failed.act) ? (
        <div className={classes.kept}>
          <p>{t('privacy.typed')}</p>
          <p className={classes.keptText}>{failed.reason}</p>
        </div>
      ) : null}
    </section>
  );
}

function ActForm({ act, request, failed, recent, primary }: Props & { act: PrivacyAct; primary: boolean }) {
  const { t } = useTranslation();
  const mine = failed?.act === act ? failed : null;
  const errors = useFieldErrors(mine?.error);
  const folded = isFolded(act, request);
  const erases = act === 'approve' && request.kind === 'erasure';
  const danger = erases || act === 'deny' || act === 'cancel';
  const hint = act === 'approve' ? (`approve_${request.kind}` as const) : act;
  const form = (
    <Form method="post" className={classes.form} replace>
      <p className={classes.hint}>{t(`privacy.act_hint.${hint}`)}</p>
      <input type="hidden" name="version" value={request.version} />
      <input type="hidden" name="seen" value={request.status} />
      {act === 'deny' || act === 'extend' || act === 'cancel' ? (
        <TextAreaField
          name="reason"
          label={
            act === 'cancel' ? `${t('privacy.fields.reason')} (${t('common.optional')})` : t('privacy.fields.reason')
          }
          rows={4}
          maxLength={REASON_MAX}
          required={act !== 'cancel'}
          defaultValue={mine?.reason}
          error={errors.reason}
        />
      ) : null}
      {act === 'verify_identity' ? <IdentityFields typed={mine?.typed ?? {}} errors={errors} /> : null}
      {act === 'retry' && request.mentions?.kept === null && request.mentions.found.length > 0 ? (
        <SelectField
          name="keep_mentions"
          label={t('privacy.mentions.decide')}
          defaultValue={mine?.typed.keep_mentions ?? ''}
          options={[
            { value: '', label: t('privacy.mentions.search_again') },
            ...MENTION_GROUNDS.map((ground) => ({ value: ground, label: t(`privacy.mentions.ground.${ground}`) })),
          ]}
        />
      ) : null}
      {erases ? (
        <Checkbox name="understood" required defaultChecked={mine !== null} label={t('privacy.understood')} size="sm" />
      ) : null}
      {erases && !recent ? (
        <PasswordField
          name="password"
          label={t('auth.own_password')}
          description={t('auth.own_password_why')}
          autoComplete="current-password"
          required
          error={mine?.error.code === 'invalid_credentials' ? t('auth.wrong_password') : undefined}
        />
      ) : null}
      <SubmitButton
        name="act"
        value={act}
        color={danger ? 'red' : undefined}
        variant={folded || primary ? 'filled' : 'default'}
        pendingLabel={t('privacy.doing')}
      >
        {t(`privacy.act.${act}`)}
      </SubmitButton>
    </Form>
  );
  return folded ? (
    <Folded
      label={act === 'verify_identity' ? t('privacy.identity.again') : t(`privacy.act.${act}`)}
      open={mine !== null}
    >
      {form}
    </Folded>
  ) : (
    form
  );
}

function Folded({ label, open, children }: { label: string; open: boolean; children: ReactNode }) {
  return (
    <details className={classes.folded} open={open}>
      <summary>
        {label}… <IconChevronDown size={16} aria-hidden />
      </summary>
      {children}
    </details>
  );
}

/** Acts that need words, or that nobody should do by a slip, are folded away until they are wanted. */
function isFolded(act: PrivacyAct, { kind, identity_check: check }: PrivacyRequestDetail): boolean {
  if (act === 'verify_identity') return check !== null;
  return act === 'deny' || act === 'extend' || act === 'cancel' || (act === 'approve' && kind === 'erasure');
}

function nothingToDo({ status, kind }: PrivacyRequestDetail) {
  if (!isOpenPrivacyRequest(status)) return 'ended';
  const working = status === 'approved' || status === 'processing';
  return working && isAutomaticPrivacyKind(kind) ? 'working' : 'not_mine';
}
