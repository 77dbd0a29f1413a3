import { NavLink } from '@remix-run/react';
import type { Permission } from '../../../../server/identity/roles.rules.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { IconClipboardList, IconGauge, IconHeadset, IconInbox, IconShieldLock, IconUser, IconUsers } from '../icons.ts';
import { useRootData } from '../use-root-data.ts';
import classes from './frame.module.css';

const PAGES = [
  { key: 'queue', to: '/', permission: 'incident:read', Icon: IconInbox },
  { key: 'users', to: '/users', permission: 'user:search', Icon: IconUsers },
  { key: 'incidents', to: '/incidents', permission: 'incident:read', Icon: IconHeadset },
  { key: 'privacy', to: '/privacy', permission: 'privacy:read', Icon: IconShieldLock },
  { key: 'audit', to: '/audit', permission: 'audit:search', Icon: IconClipboardList },
  { key: 'ops', to: '/ops', permission: 'ops:dashboard', Icon: IconGauge },
] as const satisfies readonly { permission: Permission; [key: string]: unknown }[];

/** The pages that the signed-in person may open: a rail on the left, a bar below on narrow screens. */
export function Navigation() {
  const { t } = useTranslation();
  const permissions = useRootData().permissions as readonly Permission[];
  const pages = PAGES.filter((page) => permissions.includes(page.permission));
  const items = pages.length > 0 ? pages : [{ key: 'account', to: '/account', Icon: IconUser } as const];
  return (
    <nav className={`${classes.rail} g-screen-only`} aria-label={t('nav.main')}>
      <ul>
        {items.map(({ key, to, Icon }) => (
          <li key={key}>
            <NavLink to={to} end={to === '/'} className={classes.page} prefetch="none">
              <Icon size={21} stroke={1.6} aria-hidden />
              <span>{t(`nav.${key}_short`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
