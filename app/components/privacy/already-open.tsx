import type { ReactNode } from 'react';
import classes from './already-open.module.css';

/** Says kindly that such a request is under way, with the link to it: no mistake, and nothing to mend. */
export function AlreadyOpen({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={classes.notice}>
      {children}
    </p>
  );
}
