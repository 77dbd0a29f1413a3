import type { ReactNode } from 'react';
import classes from './page-header.module.css';

/**
 * The top of a page: its one `<h1>`, what stands beside it (`marks`), a quiet line below it (`meta`), and on the right
 * what one can do (`actions`). `above` is a line before the title, such as the way back.
 */
export function PageHeader({
  title,
  above,
  marks,
  meta,
  actions,
}: {
  title: ReactNode;
  above?: ReactNode;
  marks?: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {above ? <div className={classes.meta}>{above}</div> : null}
        <div className={classes.title}>
          <h1>{title}</h1>
          {marks ? <div className={classes.marks}>{marks}</div> : null}
        </div>
        {meta ? <div className={classes.meta}>{meta}</div> : null}
      </div>
      {actions ? <div className={`${classes.actions} g-screen-only`}>{actions}</div> : null}
    </header>
  );
}
