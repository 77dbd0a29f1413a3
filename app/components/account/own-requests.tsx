import { Form } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { AuditEvent } from '../../../server/audit/audit.schema.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useChangeAnnounced } from '../privacy/follow-work.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField } from '../ui/fields.tsx';
import type { FormError } from '../ui/form-error.ts';
import { IconArchive, IconShieldCheck } from '../ui/icons.ts';
import { DaysLeft, PrivacyStatusBadge } from '../ui/privacy-badges.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './account.module.css';

/** The signed-in person's own privacy requests: state, deadline and history in plain words. */
export function OwnRequests({
  requests,
  recent,
  failedCancel,
  failedConfirm,
}: {
  requests: readonly PrivacyRequestDetail[];
  /** Whether the person's password was given recently: exports are taken with it alone. */
  recent: boolean;
  failedCancel?: { id: string; error: FormError };
  failedConfirm?: { id: string; error: FormError };
}) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="my-requests" id="requests" className={classes.section}>
      <h2 id="my-requests">{t('account.my_requests')}</h2>
      {requests.length === 0 ? (
        <div className="g-card">
          <EmptyState icon={IconShieldCheck} compact>
            {t('account.no_requests')} <a href="#ask">{t('account.ask')}</a>
          </EmptyState>
        </div>
      ) : (
        <ul className={classes.requests}>
          {requests.map((request) => (
            <li key={request.id}>
              <OwnRequest
                request={request}
                recent={recent}
                error={failedCancel?.id === request.id ? failedCancel.error : undefined}
                refused={failedConfirm?.id === request.id ? failedConfirm.error : undefined}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OwnRequest({
  request,
  recent,
  error,
  refused,
}: {
  request: PrivacyRequestDetail;
  recent: boolean;
  error?: FormError;
  refused?: FormError;
}) {
  const { t } = useTranslation();
  const titleId = `request-${request.id}`;
  useChangeAnnounced(`${t(`privacy.kind_long.${request.kind}`)}: ${t(`account.state.${request.status}`)}`);
  const running = request.days_left !== null;
  const isOwn = request.requested_by === request.user_id;
  return (
    <article className={`g-card ${classes.request}`} aria-labelledby={titleId} data-running={running || undefined}>
      <header>
        <h3 id={titleId}>{t(`privacy.kind_long.${request.kind}`)}</h3>
        <PrivacyStatusBadge status={request.status} />
        {request.days_left === null ? null : <DaysLeft request={request} />}
      </header>
      <ErrorNotice error={error} />
      <p>{t(`account.state.${request.status}`)}</p>
      {request.progress ? <Progress progress={request.progress} /> : null}
      {request.archive ? <Archive id={request.id} archive={request.archive} recent={recent} refused={refused} /> : null}
      {running ? <Deadline request={request} /> : null}
      {request.status === 'denied' ? (
        <>
          {request.reason ? <Quote label={t('privacy.fields.reason')} text={request.reason} /> : null}
          <p>{t('account.complain')}</p>
        </>
      ) : null}
      {request.details ? (
        <Quote label={t(isOwn ? 'account.you_wrote' : 'account.written_for_you')} text={request.details} />
      ) : null}
      {request.on_behalf_reason && !isOwn ? (
        <Quote label={t('account.asked_for_you')} text={request.on_behalf_reason} />
      ) : null}
      <details className={classes.history}>
        <summary>{t('common.history')}</summary>
        <ol>
          {request.history.map((event) => (
            <li key={event.id}>
              <Time at={event.created_at} />
              <span>{t(`audit.action.${event.action}`)}</span>
              <span className="g-dimmed">
                <By event={event} userId={request.user_id} />
              </span>
            </li>
          ))}
        </ol>
      </details>
      {request.allowed_acts.includes('cancel') ? <Cancel request={request} /> : null}
    </article>
  );
}

/** The legal deadline in words: GDPR Art. 12(3). */
function Deadline({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const { date } = useFormat(request.time_zone);
  const due = { date: date(request.due_at), zone: request.time_zone };
  return (
    <>
      <p className={classes.deadline}>
        {t(request.overdue ? 'account.deadline_passed' : 'account.deadline', due)}{' '}
        <small>{t('account.deadline_source')}</small>
      </p>
      {request.clock_rule === 'utc_instant' ? <p className="g-dimmed">{t('privacy.clock_before')}</p> : null}
      {request.extended_at ? (
        <p>
          {t('account.extended', { date: date(request.extended_at), first: date(request.first_due_at) })}
          {request.extension_reason ? (
            <Quote label={t('privacy.fields.reason')} text={request.extension_reason} />
          ) : null}
        </p>
      ) : null}
    </>
  );
}

function Progress({ progress }: { progress: NonNullable<PrivacyRequestDetail['progress']> }) {
  const { t } = useTranslation();
  return (
    <label className={classes.progress}>
      {t('account.progress')}
      <progress value={progress.done} max={Math.max(1, progress.total)} />
    </label>
  );
}

/** The export, while it is kept: GDPR Art. 15(3) and 20(1). */
function Archive({
  id,
  archive,
  recent,
  refused,
}: {
  id: string;
  archive: NonNullable<PrivacyRequestDetail['archive']>;
  recent: boolean;
  refused?: FormError;
}) {
  const { t, i18n } = useTranslation();
  const { date } = useFormat();
  if (archive.expired) return <p>{t('account.archive_gone')}</p>;
  const size = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'kilobyte' });
  return (
    <>
      {recent ? (
        // Without `download`: the way back to the password must not be saved as a file.
        <a href={`/account/requests/${id}/archive`} className={classes.download}>
          <IconArchive size={18} aria-hidden /> {t('account.download')} (ZIP,{' '}
          {size.format(Math.ceil(archive.size_bytes / 1_000))})
        </a>
      ) : (
        <ConfirmPassword id={id} refused={refused} />
      )}
      <p className={classes.kept}>{t('account.archive_kept', { date: date(archive.expires_at) })}</p>
    </>
  );
}

/** Asks for the password once more, where the export would be taken. */
function ConfirmPassword({ id, refused }: { id: string; refused?: FormError }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const wrong = refused?.code === 'invalid_credentials' ? t('auth.wrong_password') : undefined;
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLInputElement>('input[name="password"]')?.select();
  }, [refused]);
  return (
    <Form method="post" action="/account#requests" ref={form} className={classes.confirm} preventScrollReset>
      <input type="hidden" name="id" value={id} />
      {wrong ? null : <ErrorNotice error={refused} />}
      <PasswordField
        name="password"
        label={t('auth.own_password')}
        description={t('account.confirm_why')}
        autoComplete="current-password"
        required
        error={wrong}
      />
      <SubmitButton name="intent" value="confirm" pendingLabel={t('account.confirming')}>
        {t('account.confirm')}
      </SubmitButton>
    </Form>
  );
}

/** Takes back what nobody has decided yet; asked twice, without a dialog. */
function Cancel({ request }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  return (
    <details className={classes.cancel}>
      <summary>{t('account.cancel')}</summary>
      <Form method="post" action="/account#requests" preventScrollReset>
        <p>{t('account.cancel_text')}</p>
        <input type="hidden" name="id" value={request.id} />
        <input type="hidden" name="version" value={request.version} />
        <SubmitButton name="intent" value="cancel" variant="default">
          {t('account.cancel_yes')}
        </SubmitButton>
      </Form>
    </details>
  );
}

function Quote({ label, text }: { label: string; text: string }) {
  return (
    <span className={classes.quote}>
      <span className="g-dimmed">{label}</span>
      <q>
        <bdi dir="auto">{text}</bdi>
      </q>
    </span>
  );
}

/** Customers read who acted as you or us: no agent is named to them. */
function By({ event, userId }: { event: AuditEvent; userId: string }) {
  const { t } = useTranslation();
  return event.actor_id === userId ? t('account.by_you') : t('account.by_us');
}
