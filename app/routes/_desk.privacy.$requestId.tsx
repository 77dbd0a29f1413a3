import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react';
import { UNDECIDED_PRIVACY_STATUSES } from '../../server/privacy/privacy.rules.ts';
import { ActNotice } from '../components/privacy/act-notice.tsx';
import { ActPanel } from '../components/privacy/act-panel.tsx';
import { ArchiveFacts } from '../components/privacy/archive-facts.tsx';
import { Certificate } from '../components/privacy/certificate.tsx';
import { certificateView } from '../components/privacy/certificate-view.ts';
import { DoneNotice } from '../components/privacy/done-notice.tsx';
import { ErasurePreview } from '../components/privacy/erasure-preview.tsx';
import { LegalClock } from '../components/privacy/legal-clock.tsx';
import { performAct } from '../components/privacy/perform-act.ts';
import { ProgressWatch } from '../components/privacy/progress-watch.tsx';
import { RequestFacts } from '../components/privacy/request-facts.tsx';
import { RequestHistory } from '../components/privacy/request-history.tsx';
import { RequestMentions } from '../components/privacy/request-mentions.tsx';
import classes from '../components/privacy/request-page.module.css';
import { RequestTexts } from '../components/privacy/request-texts.tsx';
import { PageHeader } from '../components/ui/page-header.tsx';
import { PersonName } from '../components/ui/person-name.tsx';
import { PrintButton } from '../components/ui/print-button.tsx';
import { DaysLeft, PrivacyStatusBadge } from '../components/ui/privacy-badges.tsx';
import { Time } from '../components/ui/time.tsx';
import { pageTitle } from '../i18n/page-title.ts';
import { useTranslation } from '../i18n/use-translation.ts';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) =>
    data
      ? t('privacy.title_of', { kind: t(`privacy.kind.${data.request.kind}`), name: data.request.user_name })
      : t('error_page.title_not_found'),
  );

export async function loader({ params, context }: LoaderFunctionArgs) {
  const request = await context.trpc.privacy.get({ id: params.requestId ?? '' });
  const { certificate } = request;
  const undecided = UNDECIDED_PRIVACY_STATUSES.some((status) => status === request.status);
  const preview =
    request.kind === 'erasure' && undecided ? await context.trpc.privacy.erasurePreview({ id: request.id }) : null;
  return {
    request,
    preview,
    certificate: certificate && certificateView(certificate),
    now: new Date().toISOString(),
    recent: context.isRecentlyAuthenticated(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const id = params.requestId ?? '';
  const form = await context.form(request);
  const failed = await performAct(context, id, form);
  if (failed) return data(failed, { status: failed.error.status });
  return redirect(`/privacy/${encodeURIComponent(id)}?done=${encodeURIComponent(String(form.get('act')))}`, {
    status: 303,
  });
}

/** After a refusal too: the page must show the request as it now is. */
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export default function PrivacyRequestPage() {
  const { t } = useTranslation();
  const { request, preview, certificate, now, recent } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHeader
        above={<Link to="/privacy">{t('privacy.title')}</Link>}
        actions={<PrintButton />}
        title={t(`privacy.kind_long.${request.kind}`)}
        marks={
          <>
            <PrivacyStatusBadge status={request.status} />
            {request.days_left === null ? null : <DaysLeft request={request} />}
          </>
        }
        meta={
          <>
            <Link to={`/users/${request.user_id}`}>
              <PersonName name={request.user_name} />
            </Link>
            <span>
              {t('privacy.fields.received_at')} <Time at={request.received_at} day />
            </span>
          </>
        }
      />
      {failed ? <ActNotice failed={failed} request={request} /> : <DoneNotice status={request.status} />}
      <ProgressWatch request={request} now={now} />
      <div className={classes.page}>
        <div className={`g-card ${classes.clock}`}>
          <LegalClock request={request} now={now} />
        </div>
        <div className={classes.side}>
          <ActPanel request={request} failed={failed} recent={recent} />
          <RequestFacts request={request} />
        </div>
        <div className={classes.main}>
          {request.archive ? <ArchiveFacts archive={request.archive} /> : null}
          {preview ? <ErasurePreview preview={preview} /> : null}
          <RequestTexts request={request} />
          <RequestMentions request={request} />
          <Certificate request={request} view={certificate} />
          <RequestHistory events={request.history} />
        </div>
      </div>
    </>
  );
}
