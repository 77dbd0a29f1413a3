import { isRouteErrorResponse, useLocation } from '@remix-run/react';
import { ERRORS, type ErrorCode } from '../../../server/errors.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from './copy-id.tsx';
import classes from './error-page.module.css';
import { IconAlertTriangle, IconHourglass, IconLock, IconSearch } from './icons.ts';
import { useRootData } from './use-root-data.ts';

/**
 * The whole page of a failure: what happened, what to do, and the request id. For an `ErrorBoundary`:
 * `<ErrorPage error={useRouteError()} />`. Understands the Responses of failed queries; of anything else it shows
 * no inner text.
 */
export function ErrorPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { requestId } = useRootData();
  const { pathname, search } = useLocation();
  if (isUnreachable(error)) return <Unreachable />;
  const { code, failedRequestId } = read(error);
  const { status } = ERRORS[code];
  const Icon =
    status === 403 ? IconLock : status === 404 ? IconSearch : status === 429 ? IconHourglass : IconAlertTriangle;
  return (
    <div className={classes.page}>
      <Icon size={30} stroke={1.5} aria-hidden className={classes.icon} />
      <h1>{t(`error_page.${titleOf(status)}`)}</h1>
      <p className={classes.text}>{t(code === 'validation_failed' ? 'error_page.bad_request' : `errors.${code}`)}</p>
      <div className={classes.actions}>
        {status === 404 || status === 403 ? null : (
          <a href={pathname + search} className={classes.primary}>
            {t('common.retry')}
          </a>
        )}
        <a href="/" className={classes.secondary}>
          {t('error_page.home')}
        </a>
      </div>
      <div className={classes.request}>
        <p>{t('error_page.quote')}</p>
        <p>
          <CopyId value={failedRequestId ?? requestId} label={t('error_page.request_id')} />
        </p>
      </div>
    </div>
  );
}

/** The browser got no answer at all, so there is no request to quote. */
function Unreachable() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  return (
    <div className={classes.page}>
      <IconAlertTriangle size={30} stroke={1.5} aria-hidden className={classes.icon} />
      <h1>{t('error_page.title_offline')}</h1>
      <p className={classes.text}>{t('error_page.offline')}</p>
      <div className={classes.actions}>
        <a href={pathname + search} className={classes.primary}>
          {t('common.retry')}
        </a>
      </div>
    </div>
  );
}

/** What `fetch` throws in Chromium, Firefox and Safari when the network fails. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /failed to fetch|networkerror|load failed/i.test(error.message);
}

function titleOf(status: number) {
  if (status === 403) return 'title_forbidden';
  if (status === 404 || status === 410) return 'title_not_found';
  if (status === 429) return 'title_rate_limited';
  if (status === 503) return 'title_unavailable';
  if (status === 400 || status === 405 || status === 415) return 'title_bad_request';
  return status === 409 ? 'title_conflict' : 'title';
}

function read(error: unknown): { code: ErrorCode; failedRequestId?: string } {
  if (!isRouteErrorResponse(error)) return { code: 'internal_error' };
  const body: { error?: { code?: string; request_id?: string } } | null = error.data;
  const code = body?.error?.code;
  if (code && code in ERRORS) return { code: code as ErrorCode, failedRequestId: body?.error?.request_id };
  return { code: codeOfStatus(error.status) };
}

/** For a Response without a code of the table, such as the router's own 404. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 404) return 'route_not_found';
  if (status === 403) return 'insufficient_role';
  if (status === 405) return 'method_not_allowed';
  if (status === 429) return 'rate_limited';
  if (status === 503) return 'service_unavailable';
  return status >= 400 && status < 500 ? 'validation_failed' : 'internal_error';
}
