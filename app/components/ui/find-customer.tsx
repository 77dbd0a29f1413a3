import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { EmptyState } from './empty-state.tsx';
import classes from './find-customer.module.css';
import { IconSearch } from './icons.ts';

/** In place of a form that is about a customer, when none is named: why (`children`), and the way there. */
export function FindCustomer({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('common.for_whom')} icon={IconSearch}>
      <p>{children}</p>
      <form action="/users" method="get" className={classes.find}>
        <input
          type="search"
          name="query"
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: the one thing to do on this page
          autoFocus
          autoComplete="off"
          aria-label={t('users.search_label')}
          placeholder={t('users.search_placeholder')}
        />
        <button type="submit">{t('common.search')}</button>
      </form>
    </EmptyState>
  );
}
