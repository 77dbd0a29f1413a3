import type { ReactNode } from 'react';
import classes from './bare-page.module.css';
import { LanguageSwitch, SchemeSwitch } from './frame/preference-switches.tsx';
import { Wordmark } from './wordmark.tsx';

/** A page without the desk's frame: signing in, signing out, errors before anybody is known. */
export function BarePage({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Wordmark />
        <div className={classes.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
