import { Link, useLocation, useNavigation } from '@remix-run/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useAnnounce } from '../announce.tsx';
import { useRootData } from '../use-root-data.ts';
import { Wordmark } from '../wordmark.tsx';
import classes from './frame.module.css';
import { MeMenu } from './me-menu.tsx';
import { Navigation } from './navigation.tsx';
import { LanguageSwitch, SchemeSwitch } from './preference-switches.tsx';
import { SearchField } from './search-field.tsx';
import { Shortcuts } from './shortcuts.tsx';

/**
 * The frame of all signed-in pages: rail, search, preferences, who I am, keyboard. What it offers follows the
 * permissions of the signed-in person. `children` stand in `<main id="main">`.
 */
export function DeskFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const permissions = useRootData().permissions as readonly string[];
  return (
    <div className={classes.frame}>
      <ProgressBar />
      <header className={`${classes.topbar} g-screen-only`}>
        <Link to="/" className={classes.home} aria-label={t('nav.home')}>
          <Wordmark withName={false} />
        </Link>
        <SearchField />
        <div className={classes.tools}>
          {permissions.includes('incident:read') ? <Shortcuts /> : null}
          <LanguageSwitch />
          <SchemeSwitch />
          <MeMenu />
        </div>
      </header>
      <Navigation />
      <Main>{children}</Main>
    </div>
  );
}

function Main({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const announce = useAnnounce();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);

  // A change of page without a reload is said, and the keyboard starts at the new page unless somebody is typing.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    announce(document.title);
    const focused = document.activeElement;
    if (main.current?.contains(focused) || focused instanceof HTMLInputElement) return;
    main.current?.focus({ preventScroll: true });
  }, [pathname, announce]);

  return (
    <main id="main" ref={main} tabIndex={-1} className={classes.main}>
      {children}
    </main>
  );
}

/** A thin bar while a page is on its way; quick pages never show it. */
function ProgressBar() {
  const busy = useNavigation().state !== 'idle';
  return busy ? <div className={`${classes.progress} g-screen-only`} aria-hidden /> : null;
}
