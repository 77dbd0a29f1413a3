import { Link } from '@remix-run/react';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { CopyId } from '../ui/copy-id.tsx';
import { IconAlertTriangle, IconCertificate, IconCircleCheck } from '../ui/icons.ts';
import { Time } from '../ui/time.tsx';
import { useFormat } from '../ui/use-format.ts';
import classes from './certificate.module.css';
import type { CertificateTable, CertificateView } from './certificate-view.ts';

/**
 * The proof of what was done: figures, time, request id and seal, to read here or to take along. Without a `view` it
 * is shown as it is.
 */
export function Certificate({ request, view }: { request: PrivacyRequestDetail; view: CertificateView | null }) {
  const { t } = useTranslation();
  const { certificate } = request;
  if (!certificate) return null;
  return (
    <section className={`g-card ${classes.card}`} aria-labelledby="certificate">
      <div className={classes.heading}>
        <h2 id="certificate">{t('privacy.certificate')}</h2>
        {view?.kind === 'erasure' ? (
          <a href={`/privacy/${request.id}/certificate/document`} className={`${classes.download} g-screen-only`}>
            {t('privacy.certificate_print')}
          </a>
        ) : null}
        <a href={`/privacy/${request.id}/certificate`} download className={`${classes.download} g-screen-only`}>
          <IconCertificate size={16} aria-hidden /> {t('privacy.certificate_download')}
        </a>
        <Link to="/privacy/verify" className={`${classes.download} g-screen-only`}>
          {t('privacy.check.link')}
        </Link>
      </div>
      {view ? (
        <>
          {view.kind === 'erasure' ? <Outcome erased={view.erased} remaining={view.remaining} /> : null}
          <dl className={classes.facts}>
            <div>
              <dt>{t('privacy.certificate_at')}</dt>
              <dd>
                <Time at={view.at} exact />
              </dd>
            </div>
            <div>
              <dt>{t('audit.fields.request_id')}</dt>
              <dd>
                <CopyId value={view.requestId} label={t('audit.fields.request_id')} />
              </dd>
            </div>
            {view.kind === 'access' ? (
              <div>
                <dt>{t('privacy.archive_sha256')}</dt>
                <dd>
                  <CopyId value={view.archiveSha256} label={t('privacy.archive_sha256')} />
                </dd>
              </div>
            ) : null}
            <div>
              <dt>{t('privacy.seal')}</dt>
              <dd>
                <CopyId value={view.sha256} label={t('privacy.seal')} />
              </dd>
            </div>
          </dl>
          <p className={classes.note}>{t('privacy.seal_hint')}</p>
          {view.kind === 'erasure' ? (
            <div>
              {view.tables.map((table) => (
                <Table key={table.name} table={table} />
              ))}
            </div>
          ) : null}
        </>
      ) : (
        <pre className={classes.raw}>{JSON.stringify(certificate, null, 2)}</pre>
      )}
    </section>
  );
}

function Outcome({ erased, remaining }: { erased: number; remaining: number }) {
  const { t } = useTranslation();
  const clean = remaining === 0;
  const Icon = clean ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={classes.outcome} data-clean={clean ? '' : undefined}>
      <Icon size={20} aria-hidden />
      <span>
        <strong>{t('privacy.values_erased', { count: erased })}</strong>{' '}
        {clean ? t('privacy.values_none_left') : t('privacy.values_left', { count: remaining })}
      </span>
    </p>
  );
}

function Table({ table }: { table: CertificateTable }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <details className={classes.table}>
      <summary>
        <span className="g-mono">{table.name}</span>
        <span className={classes.sums}>
          {t('privacy.rows', { count: table.rows })}, {t('privacy.erased_count', { count: table.erased })},{' '}
          {t('privacy.left_count', { count: table.remaining })}
        </span>
      </summary>
      <table>
        <caption className="g-hidden">{table.name}</caption>
        <thead>
          <tr>
            <th scope="col">{t('privacy.column')}</th>
            <th scope="col">{t('privacy.erased')}</th>
            <th scope="col">{t('privacy.left')}</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <span className="g-mono">{column.name}</span>{' '}
                <span className={classes.how}>
                  {column.ground ? t('privacy.kept', { ground: column.ground }) : <How how={column.how} />}
                </span>
              </th>
              <td>{column.ground ? '—' : number(column.erased)}</td>
              <td>{column.ground ? '—' : number(column.remaining)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const HOW = ['null', 'replace', 'delete', 'derived', 'redact', 'pseudonymise'] as const;

function How({ how }: { how: string }) {
  const { t } = useTranslation();
  const known = HOW.find((one) => one === how);
  return known ? t(`privacy.how.${known}`) : how;
}
