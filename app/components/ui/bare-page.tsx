import type { ReactNode } from 'react';
import classes from './bare-page.module.css';
import { LanguageSwitch, SchemeSwitch } from './frame/preference-switches.tsx';
import { Wordmark } from './wordmark.tsx';

/** A page without the desk's frame: signing in, signing out, errors before anybody is known. */
export function BarePage({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <Arches />
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

/** The window of a counter, drawn as quiet lines behind the page. */
function Arches() {
  return (
    <svg className={classes.arches} viewBox="0 0 1200 800" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      {[330, 400, 480, 570, 670].map((radius) => (
        <path key={radius} d={`M${600 - radius} 800V420a${radius} ${radius} 0 0 1 ${2 * radius} 0V800`} />
      ))}
    </svg>
  );
}
