import { Link } from '@remix-run/react';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import classes from './request-page.module.css';

const PAGES: Record<string, string> = { incident: '/incidents', privacy_request: '/privacy' };

/** Where an attempt failed and what to do, and the texts of other people that an erasure met; never a text. */
export function RequestMentions({ request: { failure, mentions, status } }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const failed = status === 'failed' ? failure : null;
  const found = mentions?.found ?? [];
  if (!failed && found.length === 0) return null;
  return (
    <>
      {failed ? (
        <section className={`g-card ${classes.texts}`} aria-labelledby="failure">
          <h2 id="failure">{t('privacy.failure_at')}</h2>
          <p>{t(`privacy.failure_advice.${failed.class}`)}</p>
          <p className="g-mono">
            {[
              failed.table && `${t('privacy.failure_table')}: ${failed.table}`,
              failed.column && `${t('privacy.failure_column')}: ${failed.column}`,
              failed.constraint && `${t('privacy.failure_constraint')}: ${failed.constraint}`,
              failed.sqlstate && `SQLSTATE ${failed.sqlstate}`,
            ]
              .filter(Boolean)
              .join(', ')}
          </p>
        </section>
      ) : null}
      {found.length > 0 ? (
        <section className={`g-card ${classes.texts}`} aria-labelledby="mentions">
          <h2 id="mentions">{t('privacy.mentions.title')}</h2>
          <ul>
            {found.map(({ table, id, field }) => (
              <li key={`${table} ${id} ${field}`} className="g-mono">
                {PAGES[table] ? <Link to={`${PAGES[table]}/${id}`}>{id}</Link> : id}, {table}.{field}
              </li>
            ))}
          </ul>
          {mentions?.more ? <p>{t('privacy.mentions.more')}</p> : null}
          {mentions?.kept ? (
            <p>
              {t('privacy.mentions.kept')} {t(`privacy.mentions.ground.${mentions.kept.ground}`)}
            </p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}
