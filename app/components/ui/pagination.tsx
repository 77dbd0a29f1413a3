import { Link, useLocation, useSearchParams } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconChevronLeft, IconChevronRight } from './icons.ts';
import classes from './pagination.module.css';
import { withParams } from './search-params.ts';

/**
 * Links to the pages before and after this one, keeping the filters of the URL. Takes a list's answer as it is;
 * `byTime` says newer/older instead of previous/next. Renders nothing when all fits one page.
 */
export function Pagination({
  page,
  byTime = false,
}: {
  page: { next_cursor: string | null; prev_cursor: string | null };
  byTime?: boolean;
}) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  if (!page.next_cursor && !page.prev_cursor) return null;
  const to = (cursor: string) => `${pathname}${withParams(params, { cursor })}`;
  return (
    <nav className={classes.pages} aria-label={t('common.pages')}>
      {page.prev_cursor ? (
        <Link to={to(page.prev_cursor)} rel="prev">
          <IconChevronLeft size={16} aria-hidden />
          {byTime ? t('common.newer') : t('common.previous')}
        </Link>
      ) : (
        <span />
      )}
      {page.next_cursor ? (
        <Link to={to(page.next_cursor)} rel="next">
          {byTime ? t('common.older') : t('common.next')}
          <IconChevronRight size={16} aria-hidden />
        </Link>
      ) : null}
    </nav>
  );
}
