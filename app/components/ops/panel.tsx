import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

/** A part of the dashboard with its heading. `note` says what it counts. `wide` takes the whole row. */
export function Panel({
  title,
  note,
  wide = false,
  children,
}: {
  title: string;
  note?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`g-card ${classes.panel}`} data-wide={wide ? '' : undefined} aria-labelledby={id}>
      <div className={classes.heading}>
        <h2 id={id}>{title}</h2>
        {note ? <p>{note}</p> : null}
      </div>
      {children}
    </section>
  );
}

export const panelClasses = { grid: classes.grid ?? '', table: classes.table ?? '' };
