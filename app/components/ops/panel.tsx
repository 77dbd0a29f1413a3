import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

/** A part of the dashboard with its heading. `note` says what it counts. */
export function Panel({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={`g-card ${classes.panel}`} aria-labelledby={id}>
      <div className={classes.heading}>
        <h2 id={id}>{title}</h2>
        {note ? <p>{note}</p> : null}
      </div>
      {children}
    </section>
  );
}

export const panelClasses = {
  grid: classes.grid ?? '',
  column: classes.column ?? '',
  table: classes.table ?? '',
  refresh: classes.refresh ?? '',
};
