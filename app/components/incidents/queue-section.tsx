import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconChevronRight } from '../ui/icons.ts';
import { useFormat } from '../ui/use-format.ts';
import classes from './queue-section.module.css';

/** One part of the queue: its name, how much there is, the way to all of it, and its first rows. */
export function QueueSection({
  id,
  title,
  total,
  capped,
  all,
  note,
  children,
}: {
  id: string;
  title: string;
  total: number;
  capped: boolean;
  /** The list that holds all of it. */
  all: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <header className={classes.header}>
        <h2 id={id}>
          {title} <span className={classes.count}>{capped ? `${number(total)}+` : number(total)}</span>
        </h2>
        {note ? <span className={classes.note}>{note}</span> : null}
        {total > 0 ? (
          <Link to={all} className={classes.all}>
            {t('common.show_all')}
            <span className="g-hidden">: {title}</span> <IconChevronRight size={14} aria-hidden />
          </Link>
        ) : null}
      </header>
      {children}
    </section>
  );
}
