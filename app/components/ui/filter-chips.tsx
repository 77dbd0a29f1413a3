import { Link, useLocation, useSearchParams } from '@remix-run/react';
import { useTranslation } from '../../i18n/use-translation.ts';
import classes from './filter-chips.module.css';
import { IconCheck, IconX } from './icons.ts';
import { toggled, withParams } from './search-params.ts';

/**
 * One filter as a row of links that keep it in the URL (`name=value,value`); works without script. `single` lets one
 * value replace the other. `options` carry the words and, where known, how many they would show.
 */
export function FilterChips({
  name,
  label,
  options,
  single = false,
}: {
  name: string;
  label: string;
  options: readonly { value: string; label: string; count?: number }[];
  single?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const current = params.get(name);
  const chosen = current?.split(',') ?? [];
  return (
    <fieldset className={classes.filter}>
      <legend>{label}</legend>
      {options.map((option) => {
        const on = chosen.includes(option.value);
        const value = single ? (on ? null : option.value) : toggled(current, option.value);
        return (
          <Link
            key={option.value}
            to={`${pathname}${withParams(params, { [name]: value })}`}
            className={classes.chip}
            aria-current={on ? 'true' : undefined}
            preventScrollReset
          >
            {on ? <IconCheck size={14} stroke={2.4} aria-hidden /> : null}
            {option.label}
            {option.count === undefined ? null : (
              <span className={classes.count}>{option.count.toLocaleString(i18n.language)}</span>
            )}
            {on ? <span className="g-hidden">, {t('common.remove_filter')}</span> : null}
          </Link>
        );
      })}
    </fieldset>
  );
}

/** The link that clears the named filters; nothing when none is set. */
export function ClearFilters({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  if (!names.some((name) => params.has(name))) return null;
  return (
    <Link
      to={`${pathname}${withParams(params, Object.fromEntries(names.map((name) => [name, null])))}`}
      className={classes.clear}
      preventScrollReset
    >
      <IconX size={14} aria-hidden />
      {t('common.clear_filters')}
    </Link>
  );
}

/** Filters side by side. */
export function FilterBar({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={classes.bar} aria-label={t('common.filters')}>
      {children}
    </section>
  );
}
