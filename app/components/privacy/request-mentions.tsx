import { Link } from '@remix-run/react';
import type { Mention } from '../../../server/privacy/erasure.rules.ts';
import type { PrivacyRequestDetail } from '../../../server/privacy/privacy.schema.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Time } from '../ui/time.tsx';
import classes from './request-page.module.css';

const PAGES: Record<string, string> = { incident: '/incidents', privacy_request: '/privacy' };

/** Where an attempt failed and what to do, and the texts of other people that an erasure met; never a text. */
export function RequestMentions({ request: { failure, mentions, status } }: { request: PrivacyRequestDetail }) {
  const { t } = useTranslation();
  const failed = status === 'failed' ? failure : null;
  const waiting = mentions?.kept ? [] : (mentions?.found ?? []);
  const decisions = mentions?.decisions ?? (mentions?.kept ? [{ ...mentions.kept, found: mentions.found }] : []);
  if (!failed && waiting.length + decisions.length === 0) return null;
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
      {waiting.length + decisions.length > 0 ? (
        <section className={`g-card ${classes.texts}`} aria-labelledby="mentions">
          <h2 id="mentions">{t('privacy.mentions.title')}</h2>
          {waiting.length > 0 ? <Places found={waiting} /> : null}
          {mentions?.more ? <p>{t('privacy.mentions.more')}</p> : null}
          {decisions.map(({ ground, at, found }) => (
            <div key={at}>
              <p>
                {t('privacy.mentions.kept')} {t(`privacy.mentions.ground.${ground}`)} · <Time at={at} />
              </p>
              <Places found={found} />
            </div>
          ))}
        </section>
      ) : null}
    </>
  );
}

function Places({ found }: { found: readonly Mention[] }) {
  return (
    <ul>
      {found.map(({ table, id, field }) => (
        <li key={`${table} ${id} ${field}`} className="g-mono">
          {PAGES[table] ? <Link to={`${PAGES[table]}/${id}`}>{id}</Link> : id}, {table}.{field}
        </li>
      ))}
    </ul>
  );
}
