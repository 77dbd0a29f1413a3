import { Form, Link, useSearchParams } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconSearch, IconX } from '../ui/icons.ts';
import { PersonName } from '../ui/person-name.tsx';
import { withParams } from '../ui/search-params.ts';
import { INCIDENT_FILTERS } from './incident-filters.ts';
import classes from './incident-query.module.css';

/** The words to look for among incidents, keeping the other filters; and whose they are, when the URL names a customer. */
export function IncidentQuery({ customer }: { customer: string | null }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = params.get('query') ?? '';
  const kept = INCIDENT_FILTERS.filter((name) => name !== 'query' && params.get(name));
  return (
    <search className={classes.bar}>
      <Form method="get" action="/incidents" className={classes.form}>
        {kept.map((name) => (
          <input key={name} type="hidden" name={name} value={params.get(name) ?? ''} />
        ))}
        <IconSearch size={16} aria-hidden className={classes.icon} />
        <input
          key={query}
          type="search"
          name="query"
          defaultValue={query}
          maxLength={200}
          autoComplete="off"
          placeholder={t('incidents.search_placeholder')}
          aria-label={t('incidents.search_placeholder')}
        />
        <button type="submit">{t('common.search')}</button>
      </Form>
      {params.get('user_id') ? (
        <Link to={`/incidents${withParams(params, { user_id: null })}`} className={classes.customer}>
          {t('incidents.labelled', { label: t('incidents.fields.customer') })}{' '}
          <PersonName name={customer ?? t('common.unknown')} />
          <IconX size={14} aria-hidden />
          <span className="g-hidden">, {t('common.remove_filter')}</span>
        </Link>
      ) : null}
    </search>
  );
}
