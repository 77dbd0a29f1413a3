import { Form, useLocation, useSearchParams } from '@remix-run/react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { IconSearch } from '../icons.ts';
import { useRootData } from '../use-root-data.ts';
import classes from './frame.module.css';

/** The one search of the desk: people by name or e-mail, incidents by number. `/` or Ctrl/Cmd+K comes here. */
export function SearchField() {
  const { t } = useTranslation();
  const permissions = useRootData().permissions as readonly string[];
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  if (!permissions.includes('user:search')) return <div className={classes.search} />;
  const query = pathname === '/users' ? (params.get('query') ?? '') : '';
  return (
    <search className={classes.search}>
      <Form action="/search" method="get">
        <IconSearch size={17} aria-hidden className={classes.searchIcon} />
        <input
          key={query}
          id="desk-search"
          type="search"
          name="query"
          defaultValue={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          aria-keyshortcuts="/ Control+K Meta+K"
        />
        <kbd aria-hidden className={`${classes.searchKey} g-script-only`}>
          /
        </kbd>
        <button type="submit" className="g-hidden" tabIndex={-1}>
          {t('search.submit')}
        </button>
      </Form>
    </search>
  );
}
