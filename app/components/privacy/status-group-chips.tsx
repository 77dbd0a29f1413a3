import { Link, useLocation, useSearchParams } from '@remix-run/react';
import type { PrivacyStatus } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import chips from '../ui/filter-chips.module.css';
import { IconCheck } from '../ui/icons.ts';
import { withParams } from '../ui/search-params.ts';
import { STATUS_GROUP_NAMES, STATUS_GROUPS, statusGroupOf } from './list-filter.ts';

/** Which requests the list shows, one choice of a few; a choice of statuses made elsewhere stands as its own chip. */
export function StatusGroupChips() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const status = params.get('status');
  const chosen = statusGroupOf(status);
  const others = chosen ? [] : (status?.split(',') ?? []);
  return (
    <fieldset className={chips.filter}>
      <legend>{t('privacy.show')}</legend>
      {STATUS_GROUP_NAMES.map((name) => (
        <Link
          key={name}
          to={`${pathname}${withParams(params, { status: STATUS_GROUPS[name] })}`}
          className={chips.chip}
          aria-current={name === chosen ? 'true' : undefined}
          preventScrollReset
        >
          {name === chosen ? <IconCheck size={14} stroke={2.4} aria-hidden /> : null}
          {t(`privacy.group.${name}`)}
        </Link>
      ))}
      {others.length > 0 ? (
        <span className={chips.chip} aria-current="true">
          <IconCheck size={14} stroke={2.4} aria-hidden />
          {others.map((one) => t(`privacy.status.${one as PrivacyStatus}`)).join(', ')}
        </span>
      ) : null}
    </fieldset>
  );
}
